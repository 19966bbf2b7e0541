//! The terminal stays raw while questions are asked.
//!
//! inquire makes it raw for each prompt, and gives it back as it found it. On Unix it is raw before inquire looks, so that giving it
//! back changes nothing: what is typed or pasted between two questions never meets a terminal that echoes it, or that makes a line
//! feed of Enter, which inquire would not take for one. Elsewhere it is made raw again behind each prompt.

/// Raw from [`Raw::hold`] until it is released or dropped.
#[derive(Default)]
pub(super) struct Raw {
    #[cfg(unix)]
    before: Option<rustix::termios::Termios>,
}

impl Raw {
    /// Where it cannot be raw, inquire says so itself.
    #[cfg(unix)]
    pub(super) fn hold(&mut self) {
        use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

        if self.before.is_some() {
            return;
        }
        let input = std::io::stdin();
        if let Ok(before) = tcgetattr(&input) {
            let mut raw = before.clone();
            raw.make_raw();
            if tcsetattr(&input, OptionalActions::Now, &raw).is_ok() {
                self.before = Some(before);
            }
        }
    }

    #[cfg(unix)]
    pub(super) fn release(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};

        if let Some(before) = self.before.take() {
            let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, &before);
        }
    }

    /// Where it cannot be raw, inquire says so itself.
    #[cfg(not(unix))]
    pub(super) fn hold(&mut self) {
        let _ = crossterm::terminal::enable_raw_mode();
    }

    #[cfg(not(unix))]
    pub(super) fn release(&mut self) {
        let _ = crossterm::terminal::disable_raw_mode();
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        self.release();
    }
}

//! A running service, spoken to in plain HTTP.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// A service that is stopped when the test ends.
pub(crate) struct Running {
    child: Child,
    port: u16,
    folder: TempDir,
}

/// An answer.
pub(crate) struct Reply {
    pub status: u16,
    pub body: Value,
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    /// Starts a binary with a database of its own, in a file where no URL names another, and waits until it is ready.
    pub(crate) fn start(binary: &Path, database: Option<&str>) -> Running {
        let folder = tempfile::tempdir().expect("a folder");
        let log = File::create(folder.path().join("log")).expect("a file");
        let port = free_port();
        let child = Command::new(binary)
            .current_dir(folder.path())
            .env("APP_LISTEN", format!("127.0.0.1:{port}"))
            .env("APP_ADMIN_LISTEN", format!("127.0.0.1:{}", free_port()))
            .envs(database.map(|url| ("APP_DATABASE_URL", url)))
            .stdout(log.try_clone().expect("a second handle"))
            .stderr(log)
            .stdin(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", binary.display()));
        let mut running = Running {
            child,
            port,
            folder,
        };
        running.wait_until_ready();
        running
    }

    fn wait_until_ready(&mut self) {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(20) {
            if let Ok(Some(status)) = self.child.try_wait() {
                panic!("it ended with {status}: {}", self.log());
            }
            if let Some(reply) = self.try_send("GET", "/health/ready", &[], None)
                && reply.status == 200
            {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("it never became ready: {}", self.log());
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Sends a request with a key of its own, and returns the answer.
    pub(crate) fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Reply {
        static KEYS: AtomicU32 = AtomicU32::new(1);
        let key = KEYS.fetch_add(1, Ordering::Relaxed);
        let key = format!("Idempotency-Key: {key}");
        self.try_send(method, path, &["If-Match: *", &key], body)
            .unwrap_or_else(|| panic!("{method} {path}: no answer: {}", self.log()))
    }

    fn try_send(
        &self,
        method: &str,
        path: &str,
        headers: &[&str],
        body: Option<&Value>,
    ) -> Option<Reply> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .ok()?;
        let body = body.map(Value::to_string).unwrap_or_default();
        let kind = match method {
            "PATCH" => "application/merge-patch+json",
            _ => "application/json",
        };
        let mut head =
            format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        if !body.is_empty() {
            head.push_str(&format!(
                "Content-Type: {kind}\r\nContent-Length: {}\r\n",
                body.len()
            ));
        }
        for header in headers {
            head.push_str(&format!("{header}\r\n"));
        }
        write!(stream, "{head}\r\n{body}").ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        Some(Reply {
            status: head.split(' ').nth(1)?.parse().ok()?,
            body: serde_json::from_str(body).unwrap_or(Value::Null),
        })
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address").port()
}

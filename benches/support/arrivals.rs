//! Load as callers make it: they come at their own rate, whether or not the service keeps up, and give up when their patience ends.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::runtime::Builder;
use tokio::task::{LocalSet, spawn_local};
use tokio::time::{self, Instant, MissedTickBehavior};

/// How often new callers come.
const TICK: Duration = Duration::from_millis(2);

/// What became of the callers.
#[derive(Default)]
pub(crate) struct Outcome {
    /// How long those waited who were served while they still did.
    pub served: Vec<Duration>,
    /// How long those waited who were refused.
    pub refused: Vec<Duration>,
    /// Whoever gave up, or lost the connection.
    pub lost: usize,
}

/// `rate` callers a second for `period`; each sends what `request` makes of its number. The answer `status` means that they are served.
pub(crate) fn arrive(
    address: SocketAddr,
    rate: f64,
    period: Duration,
    patience: Duration,
    status: u16,
    request: impl Fn(usize) -> String,
) -> Outcome {
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let outcome = Rc::new(RefCell::new(Outcome::default()));
    let idle = Rc::new(RefCell::new(Vec::new()));
    let callers = LocalSet::new();
    let arrivals = async {
        let begin = Instant::now();
        let mut tick = time::interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Burst);
        let mut number = 0;
        while begin.elapsed() < period {
            tick.tick().await;
            let due = (begin.elapsed().as_secs_f64() * rate) as usize;
            for number in number..due {
                let (outcome, idle) = (Rc::clone(&outcome), Rc::clone(&idle));
                let request = request(number);
                spawn_local(async move {
                    let came = Instant::now();
                    let asked = ask(address, &idle, request.as_bytes());
                    let answer = time::timeout(patience, asked).await;
                    let mut outcome = outcome.borrow_mut();
                    match answer {
                        Ok(Some(answered)) if answered == status => {
                            outcome.served.push(came.elapsed())
                        }
                        Ok(Some(503)) => outcome.refused.push(came.elapsed()),
                        Ok(Some(other)) => panic!("an answer that nobody expects: {other}"),
                        Ok(None) | Err(_) => outcome.lost += 1,
                    }
                });
            }
            number = due;
        }
        // The last ones wait as long as all others.
        time::sleep(patience).await;
    };
    runtime.block_on(callers.run_until(arrivals));
    drop(callers);
    outcome.take()
}

/// The status of the answer, over a connection that nobody uses or a new one; `None` where the connection is lost.
async fn ask(address: SocketAddr, idle: &RefCell<Vec<TcpStream>>, request: &[u8]) -> Option<u16> {
    let kept = idle.borrow_mut().pop();
    let mut stream = match kept {
        Some(stream) => stream,
        None => {
            let stream = TcpStream::connect(address).await.ok()?;
            stream.set_nodelay(true).ok()?;
            stream
        }
    };
    stream.write_all(request).await.ok()?;
    let mut answer = Vec::with_capacity(1024);
    loop {
        if stream.read_buf(&mut answer).await.ok()? == 0 {
            return None;
        }
        let Some(status) = whole(&answer) else {
            continue;
        };
        idle.borrow_mut().push(stream);
        return Some(status);
    }
}

/// The status of an answer that is there to its end.
fn whole(answer: &[u8]) -> Option<u16> {
    let head = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n")?;
    let text = std::str::from_utf8(&answer[..head]).ok()?;
    let mut lines = text.lines().filter_map(|line| line.split_once(": "));
    let length = lines.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let length: usize = length.map_or(Some(0), |(_, length)| length.parse().ok())?;
    (answer.len() >= head + 4 + length).then(|| text.get(9..12)?.parse().ok())?
}

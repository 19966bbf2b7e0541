//! The accept loop. `axum::serve` bounds neither headers, nor connections, nor the drain.

use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, ReadBuf, join};
use tokio::net::{TcpListener, TcpStream, tcp::OwnedReadHalf};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{self, Sleep};
use tokio::{select, signal};

use crate::config::Config;

/// How long those that connected last have to begin their request: as soon as they are told of the
/// end, hyper closes the connections on which it has read nothing.
const LAST_ARRIVALS: Duration = Duration::from_millis(50);

/// Whether this instance is on its way out.
#[derive(Clone, Debug, Default)]
pub struct Lifecycle(Arc<AtomicBool>);

impl Lifecycle {
    pub fn is_draining(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn drain(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// How serving ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Every request that was accepted has its answer.
    Drained,
    /// The grace was over before the last request was.
    Cut,
}

/// Serves until `stop`, in three steps: not ready and still serving, so that whoever sends
/// requests can turn elsewhere; then nothing new; then the rest, for as long as the grace allows.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    config: &Config,
    lifecycle: &Lifecycle,
    stop: impl Future<Output = ()>,
) -> Outcome {
    let slots = Arc::new(Semaphore::new(config.max_connections));
    let connections = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    // hyper's timer runs from one request to the end of the next one's header, waiting included:
    // it ends idle connections, and `Header` those that began a request and did not go on.
    http.timer(TokioTimer::new())
        .header_read_timeout(config.idle_timeout);

    let closed = async {
        stop.await;
        lifecycle.drain();
        tracing::info!(delay = ?config.drain_delay, "draining");
        time::sleep(config.drain_delay).await;
    };
    let begin = |(stream, slot): (TcpStream, OwnedSemaphorePermit)| {
        let (read, write) = stream.into_split();
        let working = Arc::new(AtomicBool::new(false));
        let read = Header {
            stream: read,
            limit: config.header_timeout,
            timer: None,
            working: Arc::clone(&working),
        };
        let router = TowerToHyperService::new(router.clone());
        let service = service_fn(move |request| {
            let working = Arc::clone(&working);
            working.store(true, Ordering::Relaxed);
            let answer = router.call(request);
            async move {
                let answer = answer.await;
                working.store(false, Ordering::Relaxed);
                answer
            }
        });
        let connection = http.serve_connection(TokioIo::new(join(read, write)), service);
        let connection = connections.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "connection ended");
            }
            drop(slot);
        });
    };

    let mut closed = pin!(closed);
    loop {
        select! {
            () = &mut closed => break,
            accepted = accept(&listener, &slots) => match accepted {
                Ok(accepted) => begin(accepted),
                Err(error) => {
                    // Out of descriptors, as a rule, and at once again without a pause.
                    tracing::error!(%error, "cannot accept");
                    time::sleep(Duration::from_millis(50)).await;
                }
            },
        }
    }
    if let Err(error) = close(listener, &slots, begin) {
        tracing::error!(%error, "cannot accept");
    }
    let ended = async {
        time::sleep(LAST_ARRIVALS).await;
        connections.shutdown().await;
    };
    match time::timeout(config.shutdown_grace, ended).await {
        Ok(()) => Outcome::Drained,
        Err(_) => Outcome::Cut,
    }
}

/// Waits for a slot first: connections past the limit stay in the system's queue, unaccepted.
async fn accept(
    listener: &TcpListener,
    slots: &Arc<Semaphore>,
) -> io::Result<(TcpStream, OwnedSemaphorePermit)> {
    let slot = Arc::clone(slots).acquire_owned().await;
    let slot = slot.map_err(io::Error::other)?;
    let (stream, _) = listener.accept().await?;
    stream.set_nodelay(true)?;
    Ok((stream, slot))
}

/// Closes the port, after those whom the system has accepted for us: it would reset them. It is
/// asked for them directly, since tokio hears of new ones a little later.
fn close(
    listener: TcpListener,
    slots: &Arc<Semaphore>,
    begin: impl Fn((TcpStream, OwnedSemaphorePermit)),
) -> io::Result<()> {
    let listener = listener.into_std()?;
    while let Ok(slot) = Arc::clone(slots).try_acquire_owned()
        && let Ok((stream, _)) = listener.accept()
    {
        stream.set_nonblocking(true)?;
        stream.set_nodelay(true)?;
        begin((TcpStream::from_std(stream)?, slot));
    }
    Ok(())
}

/// Reads requests, the header of each within a limit that runs from its first byte.
struct Header {
    stream: OwnedReadHalf,
    limit: Duration,
    timer: Option<Pin<Box<Sleep>>>,
    /// Set while a request is worked on: what arrives then is its body.
    working: Arc<AtomicBool>,
}

impl AsyncRead for Header {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let poll = Pin::new(&mut self.stream).poll_read(context, buffer);
        if self.working.load(Ordering::Relaxed) {
            self.timer = None;
            return poll;
        }
        if buffer.filled().len() > before && self.timer.is_none() {
            self.timer = Some(Box::pin(time::sleep(self.limit)));
        }
        let timer = self.timer.as_mut();
        let late = timer.is_some_and(|timer| timer.as_mut().poll(context).is_ready());
        if late {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        poll
    }
}

/// The signals that ask a program to stop.
#[derive(Debug)]
pub struct Signals {
    #[cfg(unix)]
    terminate: signal::unix::Signal,
}

impl Signals {
    /// From here on, being told to terminate is a matter of ours.
    pub fn listen() -> io::Result<Self> {
        Ok(Self {
            #[cfg(unix)]
            terminate: signal::unix::signal(signal::unix::SignalKind::terminate())?,
        })
    }

    pub async fn next(&mut self) {
        #[cfg(unix)]
        let terminate = self.terminate.recv();
        #[cfg(not(unix))]
        let terminate = std::future::pending::<Option<()>>();
        select! {
            _ = terminate => {}
            _ = signal::ctrl_c() => {}
        }
    }
}

//! The accept loop. `axum::serve` bounds neither headers, nor connections, nor the drain.

use std::{
    io,
    pin::{Pin, pin},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use axum::Router;
use hyper::{
    server::conn::http1,
    service::{Service, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, ReadBuf, join},
    net::{TcpListener, TcpStream, tcp::OwnedReadHalf},
    select, signal,
    sync::{AcquireError, OwnedSemaphorePermit, Semaphore},
    time::{self, Instant, Sleep},
};

use crate::config::Config;

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
    let mut closed = pin!(closed);
    loop {
        let (stream, slot) = select! {
            () = &mut closed => break,
            accepted = accept(&listener, &slots) => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of descriptors, as a rule, and at once again without a pause.
                    tracing::error!(%error, "cannot accept");
                    time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        let (read, write) = stream.into_split();
        let (read, working) = Header::new(read, config.header_timeout);
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
    }

    drop(listener);
    match time::timeout(config.shutdown_grace, connections.shutdown()).await {
        Ok(()) => Outcome::Drained,
        Err(_) => Outcome::Cut,
    }
}

/// Waits for a slot first: connections past the limit stay in the system's queue, unaccepted.
async fn accept(
    listener: &TcpListener,
    slots: &Arc<Semaphore>,
) -> io::Result<(TcpStream, OwnedSemaphorePermit)> {
    let closed = |error: AcquireError| io::Error::other(error);
    let slot = Arc::clone(slots).acquire_owned().await.map_err(closed)?;
    let (stream, _) = listener.accept().await?;
    stream.set_nodelay(true)?;
    Ok((stream, slot))
}

/// Reads requests, the header of each within a limit that runs from its first byte.
struct Header {
    stream: OwnedReadHalf,
    limit: Duration,
    timer: Option<Pin<Box<Sleep>>>,
    /// Set while a request is worked on: what arrives then is its body.
    working: Arc<AtomicBool>,
}

impl Header {
    fn new(stream: OwnedReadHalf, limit: Duration) -> (Self, Arc<AtomicBool>) {
        let working = Arc::new(AtomicBool::new(false));
        let header = Self {
            stream,
            limit,
            timer: None,
            working: Arc::clone(&working),
        };
        (header, working)
    }
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
            let deadline = Instant::now() + self.limit;
            self.timer = Some(Box::pin(time::sleep_until(deadline)));
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

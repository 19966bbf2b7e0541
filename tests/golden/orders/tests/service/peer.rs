//! Another service, as it may turn out to be: gone, silent, slow, or talking nonsense.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::sleep;

use orders::calls::retries::Repeat;
use orders::calls::{BaseUrl, Endpoint};

/// What the other side does with a request.
#[derive(Clone, Copy, Debug)]
pub enum Reply {
    /// A status, headers (each ends its line) and a body of JSON.
    Answer(u16, &'static str, &'static str),
    /// The same, after a while.
    Late(Duration, &'static str),
    /// It reads the request, and no more.
    Silence,
    /// It ends the connection in the middle of the body.
    Half,
    /// It is no server for HTTP.
    Noise,
}

/// A good answer.
pub const FINE: Reply = Reply::Answer(200, "", "{\"price\":490}");

pub struct Peer {
    pub address: SocketAddr,
    script: Arc<Mutex<Script>>,
    /// What is bound and does not listen refuses, and nobody else gets its port.
    _bound: Option<TcpSocket>,
}

struct Script {
    /// The next replies, one for each request.
    next: VecDeque<Reply>,
    /// The reply to all others.
    then: Reply,
    /// The requests that arrived, whole; those that only ask whether it is there are left out.
    requests: Vec<String>,
}

impl Peer {
    pub async fn start(then: Reply) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let script = Script {
            next: VecDeque::new(),
            then,
            requests: Vec::new(),
        };
        let script = Arc::new(Mutex::new(script));
        tokio::spawn({
            let script = Arc::clone(&script);
            async move {
                loop {
                    let (stream, _) = listener.accept().await.expect("a connection");
                    tokio::spawn(serve(stream, Arc::clone(&script)));
                }
            }
        });
        Self {
            address,
            script,
            _bound: None,
        }
    }

    /// It refuses every connection.
    pub fn gone() -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        let anywhere = "127.0.0.1:0".parse().expect("an address");
        socket.bind(anywhere).expect("a port");
        let script = Script {
            next: VecDeque::new(),
            then: Reply::Silence,
            requests: Vec::new(),
        };
        Self {
            address: socket.local_addr().expect("an address"),
            script: Arc::new(Mutex::new(script)),
            _bound: Some(socket),
        }
    }

    pub fn url(&self) -> BaseUrl {
        BaseUrl::parse(&format!("http://{}/base/", self.address)).expect("a URL")
    }

    /// The way there: without a token, a second attempt or a breaker.
    pub fn endpoint(&self) -> Endpoint {
        Endpoint {
            name: "peer",
            critical: false,
            url: self.url(),
            token: None,
            timeout: Duration::from_secs(3),
            concurrency: 2,
            attempts: 1,
            backoff: Duration::from_millis(1),
            repeat: Repeat::Failed,
            breaker: false,
        }
    }

    /// From now on it replies like this.
    pub fn reply(&self, then: Reply) {
        self.script().then = then;
    }

    /// First it replies like this.
    pub fn reply_first(&self, next: impl IntoIterator<Item = Reply>) {
        self.script().next = next.into_iter().collect();
    }

    /// The requests that arrived.
    pub fn requests(&self) -> Vec<String> {
        self.script().requests.clone()
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        lock(&self.script)
    }
}

fn lock(script: &Mutex<Script>) -> MutexGuard<'_, Script> {
    script.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One request for each connection, which is enough.
async fn serve(mut stream: TcpStream, script: Arc<Mutex<Script>>) {
    let Some(request) = read(&mut stream).await else {
        return;
    };
    let is_probe = request.starts_with("HEAD ");
    let reply = {
        let mut script = lock(&script);
        if !is_probe {
            script.requests.push(request);
        }
        script.next.pop_front().unwrap_or(script.then)
    };
    let text = match reply {
        Reply::Answer(status, headers, body) => answer(status, headers, body, is_probe),
        Reply::Late(after, body) => {
            sleep(after).await;
            answer(200, "", body, is_probe)
        }
        Reply::Silence => return std::future::pending().await,
        Reply::Half => "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"price\"".to_owned(),
        Reply::Noise => "220 mail.example.com ESMTP\r\n".to_owned(),
    };
    // Whoever asked may have left.
    stream.write_all(text.as_bytes()).await.ok();
    stream.shutdown().await.ok();
}

fn answer(status: u16, headers: &str, body: &str, is_probe: bool) -> String {
    let length = body.len();
    let body = if is_probe { "" } else { body };
    format!(
        "HTTP/1.1 {status} As Told\r\ncontent-length: {length}\r\nconnection: close\r\n\
         {headers}\r\n{body}"
    )
}

/// The head, and as much of a body as it announces.
async fn read(stream: &mut TcpStream) -> Option<String> {
    let mut request = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&request);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let mut lines = head.lines();
            let length = lines.find_map(|line| line.strip_prefix("content-length: "));
            let length = length.map_or(0, |length| length.parse().expect("a number"));
            if body.len() >= length {
                return Some(text.into_owned());
            }
        }
        if stream.read_buf(&mut request).await.ok()? == 0 {
            return None;
        }
    }
}

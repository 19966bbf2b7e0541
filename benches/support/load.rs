//! Load over kept connections: each thread has one, and sends its next request when it has the answer to the last.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// What a run of requests took.
pub(crate) struct Run {
    pub wall: Duration,
    pub latencies: Vec<Duration>,
}

/// Sends `each` requests on each of `connections`; `request` makes them from their number, and any answer but `status` ends the bench.
pub(crate) fn send(
    address: SocketAddr,
    connections: usize,
    each: usize,
    status: u16,
    request: &(dyn Fn(usize) -> String + Sync),
) -> Run {
    let start = Instant::now();
    let threads = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..connections)
            .map(|thread| {
                scope.spawn(move || {
                    let mut connection = Connection::open(address);
                    let mut latencies = Vec::with_capacity(each);
                    for number in 0..each {
                        let request = request(thread * each + number);
                        let sent = Instant::now();
                        let answer = connection.ask(&request);
                        latencies.push(sent.elapsed());
                        assert_eq!(answer.0, status, "{request}\n{}", answer.1);
                    }
                    latencies
                })
            })
            .collect();
        let threads = threads.into_iter();
        threads
            .map(|thread| thread.join().expect("no answer is wrong"))
            .collect::<Vec<_>>()
    });
    let wall = start.elapsed();
    Run {
        wall,
        latencies: threads.concat(),
    }
}

/// A request as it goes over the wire.
pub(crate) fn request(method: &str, path: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\n{headers}content-length: {length}\r\n\r\n{body}"
    )
}

/// One connection that is kept open.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    pub(crate) fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("the service listens");
        stream.set_nodelay(true).expect("an option of TCP");
        Self {
            stream,
            buffer: vec![0; 256 * 1024],
        }
    }

    /// The status and the body of the answer.
    pub(crate) fn ask(&mut self, request: &str) -> (u16, String) {
        let sent = self.stream.write_all(request.as_bytes());
        sent.expect("the service reads");
        let mut filled = 0;
        loop {
            let read = self.stream.read(&mut self.buffer[filled..]);
            let read = read.expect("the service answers");
            assert_ne!(
                read, 0,
                "the service closed the connection after\n{request}"
            );
            filled += read;
            let answer = std::str::from_utf8(&self.buffer[..filled]).unwrap_or_default();
            if let Some((head, body)) = answer.split_once("\r\n\r\n")
                && body.len() >= content_length(head)
            {
                let status = head.get(9..12).and_then(|status| status.parse().ok());
                return (status.expect("a status"), body.to_owned());
            }
        }
    }
}

fn content_length(head: &str) -> usize {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    let length = lines.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    length.map_or(0, |(_, length)| length.parse().expect("a number"))
}

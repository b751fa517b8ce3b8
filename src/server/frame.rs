//! Messages in a byte stream: `Content-Length` headers and bodies.
//!
//! tower-lsp's own reader ends for good at the first message it cannot read; this one says what
//! was wrong and goes on at the next header.

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader};

/// The longest body read, in bytes. A longer one is a wrong header.
const LONGEST_BODY: u64 = 1 << 29;
/// The longest stretch searched for a line break, in bytes.
const LONGEST_LINE: u64 = 1 << 13;
const LENGTH: &[u8] = b"content-length:";

/// What stood where a header should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no message begins here")]
pub(super) struct BadHeader;

/// Reads messages one after another.
pub(super) struct Frames<I> {
    input: BufReader<I>,
    /// The length of the body to come, when its header has been read already.
    length: Option<u64>,
}

impl<I: AsyncRead + Unpin> Frames<I> {
    pub(super) fn new(input: I) -> Self {
        Self { input: BufReader::with_capacity(1 << 16, input), length: None }
    }

    /// The next body; none at the end of the stream, a body cut short by it included.
    ///
    /// # Errors
    /// [`BadHeader`] once for whatever stands before the next header.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<u8>>, BadHeader> {
        if self.length.is_none() {
            let mut lost = false;
            let mut line = Vec::new();
            while self.line(&mut line).await {
                if line == b"\r\n" || line == b"\n" {
                    if self.length.is_some() {
                        break;
                    }
                    // Blank lines between messages do no harm; a header without a length does.
                    continue;
                }
                match length(&line) {
                    Some((at, length)) => {
                        lost |= at > 0;
                        self.length = Some(length);
                    }
                    None => lost |= self.length.is_none() && !line.starts_with(b"Content-Type:"),
                }
            }
            if self.length.is_some_and(|length| length > LONGEST_BODY) {
                self.length = None;
                lost = true;
            }
            if lost {
                return Err(BadHeader);
            }
        }
        let Some(length) = self.length.take() else { return Ok(None) };
        // The buffer grows with what arrives: a wrong length costs no memory.
        let mut body = Vec::with_capacity(usize::try_from(length.min(1 << 16)).unwrap_or(0));
        let read = (&mut self.input).take(length).read_to_end(&mut body).await;
        Ok((read.ok().and_then(|read| u64::try_from(read).ok()) == Some(length)).then_some(body))
    }

    /// Reads up to a line break into `line`; false at the end of the stream.
    async fn line(&mut self, line: &mut Vec<u8>) -> bool {
        line.clear();
        let read = (&mut self.input).take(LONGEST_LINE).read_until(b'\n', line).await;
        read.is_ok_and(|read| read > 0)
    }
}

/// Where in `line` the header of the length begins, and the length.
fn length(line: &[u8]) -> Option<(usize, u64)> {
    let at = line.windows(LENGTH.len()).position(|window| window.eq_ignore_ascii_case(LENGTH))?;
    let value = std::str::from_utf8(&line[at + LENGTH.len()..]).ok()?;
    Some((at, value.trim().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(stream: &str) -> Vec<Option<String>> {
        let mut frames = Frames::new(stream.as_bytes());
        let mut out = Vec::new();
        loop {
            match frames.next().await {
                Ok(Some(body)) => out.push(String::from_utf8(body).ok()),
                Ok(None) => return out,
                Err(BadHeader) => out.push(None),
            }
        }
    }

    #[tokio::test]
    async fn messages_follow_one_another() {
        let stream = "Content-Length: 2\r\n\r\n{}content-length:3\r\nContent-Type: x\r\n\r\n[1]";
        assert_eq!(read(stream).await, [Some("{}".to_owned()), Some("[1]".to_owned())]);
    }

    #[tokio::test]
    async fn what_is_no_header_is_reported_once_and_passed_over() {
        let good = "Content-Length: 2\r\n\r\n{}";
        for bad in ["Hello\r\nthere\r\n\r\n", "rest of a body", "Content-Length: many\r\n\r\n"] {
            assert_eq!(read(&format!("{bad}{good}")).await, [None, Some("{}".to_owned())], "{bad:?}");
        }
    }

    #[tokio::test]
    async fn a_length_beyond_reason_is_no_message() {
        let stream = "Content-Length: 99999999999\r\n\r\nContent-Length: 2\r\n\r\n{}";
        assert_eq!(read(stream).await, [None, Some("{}".to_owned())]);
    }

    #[tokio::test]
    async fn half_a_message_is_the_end() {
        assert_eq!(read("Content-Length: 9\r\n\r\n{}").await, []);
    }
}

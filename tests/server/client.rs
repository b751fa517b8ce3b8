//! A small LSP client.

use std::time::Duration;

use onrecord::server::{Ended, serve};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream, duplex};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// The article of most tests.
pub(crate) const URI: &str = "file:///news/a.article";

/// One finding, ATT02, on "It is believed".
pub(crate) const BELIEVED: &str = "It is believed that the minister has left the country.";

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// A client talking to a server in this process.
pub(crate) struct Client {
    pub(crate) to_server: DuplexStream,
    from_server: mpsc::UnboundedReceiver<Value>,
    /// What came while something else was waited for.
    kept: Vec<Value>,
    last_id: i64,
    pub(crate) server: JoinHandle<Ended>,
}

impl Client {
    /// A client that has said nothing yet.
    pub(crate) fn silent() -> Self {
        let (to_server, stdin) = duplex(1 << 16);
        let (stdout, from_server) = duplex(1 << 16);
        let server = tokio::spawn(serve(stdin, stdout));
        let (sender, receiver) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            let mut stream = BufReader::new(from_server);
            while let Some(message) = read_message(&mut stream).await {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Self { to_server, from_server: receiver, kept: Vec::new(), last_id: 0, server }
    }

    /// A client that has initialized the server, saying of itself `capabilities`.
    pub(crate) async fn start(capabilities: Value) -> Self {
        let mut client = Self::silent();
        let result =
            client.ask("initialize", json!({ "processId": null, "capabilities": capabilities })).await;
        assert!(result["capabilities"].is_object(), "{result}");
        client.notify("initialized", json!({})).await;
        client
    }

    pub(crate) async fn send_bytes(&mut self, bytes: &[u8]) {
        self.to_server.write_all(bytes).await.unwrap();
    }

    pub(crate) async fn send(&mut self, message: Value) {
        let body = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes()).await;
    }

    pub(crate) async fn notify(&mut self, method: &str, params: Value) {
        self.send(json!({ "jsonrpc": "2.0", "method": method, "params": params })).await;
    }

    /// Sends a request and does not wait for its answer.
    pub(crate) async fn request(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        let id = self.last_id;
        self.send(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })).await;
        id
    }

    /// The next message that `is_wanted`; others are kept for later.
    pub(crate) async fn wait(&mut self, is_wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.kept.iter().position(&is_wanted) {
            return self.kept.remove(at);
        }
        tokio::time::timeout(PATIENCE, async {
            loop {
                let message = self.from_server.recv().await.expect("the server should still talk");
                if is_wanted(&message) {
                    return message;
                }
                self.kept.push(message);
            }
        })
        .await
        .unwrap_or_else(|_| panic!("nothing came; kept: {:?}", self.kept))
    }

    /// The response to the request `id`.
    pub(crate) async fn response(&mut self, id: i64) -> Value {
        self.wait(|message| message.get("method").is_none() && message["id"] == id).await
    }

    /// The result of a request.
    pub(crate) async fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params).await;
        let mut response = self.response(id).await;
        assert!(response.get("error").is_none(), "{method}: {response}");
        response["result"].take()
    }

    /// The result of a request, asked for until it is what `is_wanted`: what is done in the background takes a while,
    /// and ends some requests with an error.
    pub(crate) async fn until(
        &mut self,
        method: &str,
        params: &Value,
        is_wanted: impl Fn(&Value) -> bool,
    ) -> Value {
        let mut answer = Value::Null;
        for _ in 0..200 {
            let id = self.request(method, params.clone()).await;
            answer = self.response(id).await;
            if is_wanted(&answer["result"]) {
                return answer["result"].take();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{method} never came to it: {answer}");
    }

    /// The code of the error a request is answered with.
    pub(crate) async fn refusal(&mut self, method: &str, params: Value) -> i64 {
        self.error(method, params).await["code"].as_i64().expect("an error")
    }

    /// The error that the server answers a request with.
    pub(crate) async fn error(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params).await;
        self.response(id).await["error"].take()
    }

    /// The parameters of the next notification or request `method` of the server.
    pub(crate) async fn told(&mut self, method: &str) -> Value {
        self.wait(|message| message["method"] == method).await["params"].take()
    }

    /// Everything that comes until the server has answered one more request and `ms` milliseconds
    /// have passed.
    pub(crate) async fn all(&mut self, ms: u64) -> Vec<Value> {
        tokio::time::sleep(Duration::from_millis(ms)).await;
        self.ask("onrecord/sleep", json!({ "ms": 0 })).await;
        self.all_so_far()
    }

    /// Everything that has come and was not waited for.
    pub(crate) fn all_so_far(&mut self) -> Vec<Value> {
        while let Ok(message) = self.from_server.try_recv() {
            self.kept.push(message);
        }
        std::mem::take(&mut self.kept)
    }

    pub(crate) async fn open(&mut self, uri: &str, language: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document })).await;
    }

    pub(crate) async fn change(&mut self, uri: &str, version: i32, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.notify("textDocument/didChange", params).await;
    }

    /// The diagnostics published for `version` of `uri`.
    pub(crate) async fn published(&mut self, uri: &str, version: i32) -> Vec<Value> {
        let mut message = self
            .wait(|message| {
                let params = &message["params"];
                message["method"] == PUBLISH && params["uri"] == uri && params["version"] == version
            })
            .await;
        match message["params"]["diagnostics"].take() {
            Value::Array(diagnostics) => diagnostics,
            other => panic!("{other}"),
        }
    }

    /// What the server takes the text of `uri` for.
    pub(crate) async fn text(&mut self, uri: &str) -> Value {
        self.ask("onrecord/text", document(uri)).await["text"].take()
    }

    /// The answers of all that can be asked at the start of `uri`.
    pub(crate) async fn everything(&mut self, uri: &str) -> Vec<Value> {
        let mut out = Vec::new();
        for method in ["hover", "completion", "definition", "documentSymbol", "codeAction"] {
            let mut params = at(uri, 0, 3);
            if method == "completion" {
                params["context"] = json!({ "triggerKind": 1 });
            }
            out.push(self.ask(&format!("textDocument/{method}"), params).await);
        }
        out
    }
}

pub(crate) const PUBLISH: &str = "textDocument/publishDiagnostics";

/// Parameters that name a document.
pub(crate) fn document(uri: &str) -> Value {
    json!({ "textDocument": { "uri": uri } })
}

/// Parameters that name a place in a document, as a position and as a range.
pub(crate) fn at(uri: &str, line: u32, character: u32) -> Value {
    let position = json!({ "line": line, "character": character });
    let range = json!({ "start": position, "end": position });
    json!({
        "textDocument": { "uri": uri },
        "position": position,
        "range": range,
        "context": { "diagnostics": [] },
    })
}

/// A change of `[start line, start column, end line, end column]` to `text`.
pub(crate) fn edit(range: [u32; 4], text: &str) -> Value {
    let [line, column, end_line, end_column] = range;
    json!({
        "range": {
            "start": { "line": line, "character": column },
            "end": { "line": end_line, "character": end_column },
        },
        "text": text,
    })
}

/// `[start line, start column, end line, end column]` of a diagnostic.
pub(crate) fn range(diagnostic: &Value) -> [u64; 4] {
    let number = |end: &str, part: &str| diagnostic["range"][end][part].as_u64().unwrap();
    [number("start", "line"), number("start", "character"), number("end", "line"), number("end", "character")]
}

/// The codes of diagnostics.
pub(crate) fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|diagnostic| diagnostic["code"].as_str().unwrap()).collect()
}

/// The next message of `stream`; none at its end.
pub(crate) async fn read_message(stream: &mut (impl AsyncRead + Unpin + AsyncBufReadExt)) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        match line.strip_prefix("Content-Length: ") {
            Some(value) => length = value.trim().parse().expect("a length"),
            None => break,
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    Some(serde_json::from_slice(&body).expect("JSON"))
}

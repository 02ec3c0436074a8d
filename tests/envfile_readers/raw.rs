//! The two clients that take every line as it stands. They start once for each file.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;

use base64::Engine;
use serde_json::Value;

use super::Seen;
use super::loaders::output_if_well;
use super::programs::which;

/// `kubectl create secret --from-env-file`, which prints the secret and asks no cluster.
pub fn kubectl(files: &[PathBuf]) -> Option<Vec<Seen>> {
    let program = which("kubectl")?;
    let read = |file: &PathBuf| {
        let file = format!("--from-env-file={}", file.display());
        let arguments = ["create", "secret", "generic", "x", &file, "--dry-run=client", "-o", "json"];
        let secret: Value = serde_json::from_slice(&output_if_well(&program, &arguments, &[])?).unwrap();
        let pairs = secret["data"].as_object().into_iter().flatten();
        let decoded = |text: &Value| base64::prelude::BASE64_STANDARD.decode(text.as_str().unwrap()).unwrap();
        Some(pairs.map(|(key, value)| (key.clone(), decoded(value))).collect())
    };
    Some(files.iter().map(read).collect())
}

/// `docker create --env-file`: what the client sends is what a container would be started with.
pub fn docker(files: &[PathBuf]) -> Option<Vec<Seen>> {
    let program = which("docker")?;
    let engine = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("tcp://{}", engine.local_addr().unwrap());
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for stream in engine.incoming().flatten() {
            let send = send.clone();
            std::thread::spawn(move || serve(stream, &send));
        }
    });
    let read = |file: &PathBuf| {
        let file = file.display().to_string();
        let variables = [("DOCKER_HOST", address.as_str())];
        output_if_well(&program, &["create", "--env-file", &file, "image"], &variables)?;
        receive.recv().ok()
    };
    Some(files.iter().map(read).collect())
}

/// As much of an engine as `docker create` asks for.
fn serve(stream: TcpStream, send: &std::sync::mpsc::Sender<BTreeMap<String, Vec<u8>>>) {
    const HEAD: &str = "Api-Version: 1.44\r\nOstype: linux\r\nContent-Type: application/json";
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut writer = stream;
    while let Some((request, body)) = request(&mut reader) {
        let created = request.starts_with("POST");
        if created {
            let _ = send.send(variables(&body));
        }
        let (status, answer) = if created { ("201 Created", r#"{"Id":"x"}"#) } else { ("200 OK", "") };
        let length = answer.len();
        let sent = write!(writer, "HTTP/1.1 {status}\r\n{HEAD}\r\nContent-Length: {length}\r\n\r\n{answer}");
        if sent.is_err() {
            return;
        }
    }
}

fn request(reader: &mut BufReader<TcpStream>) -> Option<(String, Vec<u8>)> {
    let mut line = || {
        let mut text = String::new();
        (reader.read_line(&mut text).ok()? > 0).then(|| text.trim_end().to_owned())
    };
    let (first, mut length) = (line()?, 0);
    while let Some(header) = line().filter(|header| !header.is_empty()) {
        if let Some(count) = header.to_ascii_lowercase().strip_prefix("content-length:") {
            length = count.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((first, body))
}

fn variables(body: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let container: Value = serde_json::from_slice(body).unwrap();
    let pairs = container["Env"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let pairs = pairs.filter_map(|pair| pair.split_once('='));
    pairs.map(|(key, value)| (key.to_owned(), value.as_bytes().to_vec())).collect()
}

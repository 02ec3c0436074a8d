//! Private keys, as the programs that make them write them down, and what stands for one in a text.

use super::super::rules::tests::{Dice, filled, finds};
use super::*;

/// What `ssh-keygen` writes; `None` where there is none.
fn made_by_ssh_keygen(arguments: &[&str]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("key");
    let mut program = Command::new("ssh-keygen");
    program.args(["-q", "-N", "", "-C", "made for a test", "-f"]).arg(&place).args(arguments);
    match program.stdout(Stdio::null()).stderr(Stdio::null()).status() {
        Err(_) => None,
        Ok(status) => {
            assert!(status.success(), "ssh-keygen {arguments:?}");
            Some(fs::read_to_string(place).unwrap())
        }
    }
}

#[test]
fn a_key_that_ssh_keygen_made_is_found() {
    for arguments in [
        &["-t", "ed25519"][..],
        &["-t", "ecdsa"],
        &["-t", "ecdsa", "-b", "521"],
        &["-t", "rsa", "-b", "2048"],
        &["-t", "rsa", "-b", "2048", "-m", "PEM"],
        &["-t", "ecdsa", "-m", "PKCS8"],
    ] {
        let Some(key) = made_by_ssh_keygen(arguments) else {
            return println!("SKIPPED: no ssh-keygen here, so no key that it made was looked for");
        };
        for (path, text) in [
            ("id_x", key.clone()),
            ("key.txt", key.replace('\n', "\r\n")),
            ("a.json", serde_json::to_string(&key).unwrap()),
            ("a.yaml", format!("key: |\n  {}\n", key.replace('\n', "\n  "))),
        ] {
            assert!(finds("private-key", path, &text), "{arguments:?} in {path}");
        }
    }
}

fn random(pattern: &str) -> String {
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    filled(pattern, 100, &mut |from| dice.pick(from))
}

/// Written by hand after the formats: PROTOCOL.key of OpenSSH, RFC 5208, SEC 1 with a curve spelled out, RFC 9580.
#[test]
fn rows_of_zeros_and_ones_belong_to_a_key() {
    for (rule, pattern) in [
        (
            "private-key",
            "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW\nQyNTUxOQAAACD{b57}\n{b70}\n{b30}=\n-----END OPENSSH PRIVATE KEY-----\n", // devsecrets:allow made up
        ),
        (
            "private-key",
            "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEI{b43}\n-----END PRIVATE KEY-----\n",
        ),
        (
            "private-key",
            "-----BEGIN EC PRIVATE KEY-----\nMIIBaAIBAQQg{b43}oIH6MIH3\nAgEBMCwGByqGSM49AQECIQD/////AAAAAQAAAAAAAAAAAAAAAP//////////////\n/zBbBCD/////AAAAAQAAAAAAAAAAAAAAAP///////////////{b15}\n-----END EC PRIVATE KEY-----\n",
        ),
        (
            "private-key",
            "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlFgE{b60}\n{b30}AAAAAAAAA{b25}\n{b20}\n={b4}\n-----END PGP PRIVATE KEY BLOCK-----\n",
        ),
        (
            "putty-private-key",
            "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nComment: x\nPrivate-Lines: 2\nAAAAAAAAAAA{b53}\n{b64}\n",
        ),
    ] {
        let text = random(pattern);
        assert!(finds(rule, "key.txt", &text), "{text}");
    }
}

#[test]
fn what_stands_for_a_key_in_a_text_is_none() {
    for inner in [
        "...",
        "<your key here>",
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj...",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDxxxxxxxxxxxxx",
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDEXAMPLEKEYabc",
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBK00000000000000000000000000000000",
        "$(cat key.pem)",
    ] {
        for kind in ["", "OPENSSH ", "RSA "] {
            let text =
                format!("-----BEGIN {kind}PRIVATE KEY-----\n{inner}\n-----END {kind}PRIVATE KEY-----\n");
            assert!(!finds("private-key", "notes.md", &text), "{text}");
        }
    }
}

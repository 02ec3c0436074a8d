//! Variables that keep every connection from being made: a proxy that is none, certificates that cannot be read, an
//! endpoint without TLS.

use crate::aws;
use crate::doctor::{Answer, Check, Group, Look, Patient, Trouble};
use crate::finding::Severity;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-MACHINE-05",
    group: Group::Machine,
    severity: Severity::Error,
    title: "proxy, certificates and endpoints can be used",
    cures: false,
    look: Look::Machine(look),
    #[cfg(test)]
    sow: |world| world.set("HTTPS_PROXY", "socks5://me:canary-1@corp:1080"),
};

fn look(patient: &Patient<'_>) -> Answer {
    let trouble = |error: aws::SetupError| {
        let advice = error.advice();
        Trouble::new("the network", format!("{error} ({})", advice.code), advice.remedy)
    };
    Ok(aws::obstacles(patient.settings).into_iter().map(trouble).collect())
}

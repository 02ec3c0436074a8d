//! Which signals ask a program to end, and whether somebody here answers them.

use std::sync::atomic::{AtomicBool, Ordering};

use rustix::process::Signal;

/// Signals that ask a program to end.
pub const ENDS: [Signal; 4] = [Signal::HUP, Signal::INT, Signal::QUIT, Signal::TERM];

/// Whether whoever started us ignores `signal`, as `nohup` does; our own handler must not undo that. A bit for each, as
/// `proc_pid_status(5)` says; none where there is no such file.
pub fn is_ignored(signal: Signal) -> bool {
    let about = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let bits = about.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let bits = bits.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok()).unwrap_or(0);
    bits & (1 << (signal.as_raw() - 1)) != 0
}

static IN_ORDER: AtomicBool = AtomicBool::new(false);

/// From now on somebody hears of these signals and leaves in order. There is no way back, for a handler that has been
/// installed stays.
pub fn leave_in_order() {
    IN_ORDER.store(true, Ordering::SeqCst);
}

pub(super) fn leaves_in_order() -> bool {
    IN_ORDER.load(Ordering::SeqCst)
}

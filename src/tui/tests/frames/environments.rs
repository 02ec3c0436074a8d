//! Environments side by side, and which one to work in.

use super::shows;
use crate::resolve::{Matrix, NoValue, NotAsked, Origin, Status, Try};
use crate::tui::fixtures::*;
use crate::tui::keymap::Intent;

/// As far as it is known without a session.
fn unasked(environment: &str) -> Matrix {
    let mut matrix = Matrix { environment: environment.into(), ready: 0, ..half_ready() };
    for cell in matrix.services.iter_mut().flat_map(|row| &mut row.cells) {
        (cell.status, cell.origin) = (Status::Blocked, None);
        let why = NoValue::NotAsked(NotAsked::NotSignedIn);
        cell.tried = vec![Try { origin: Origin::Store("aws".into()), why }];
        cell.problem = Some("aws: not asked: not signed in".into());
        cell.next = Some("sign in: devsecrets login".into());
    }
    matrix
}

fn read(production: Result<Matrix, crate::finding::Finding>) -> Shop {
    let mut shop = Shop::at_home().signed_in().matrix(half_ready());
    let compare = shop.press(Intent::Compare);
    let staging = Box::new(Matrix { environment: "staging".into(), ..all_ready() });
    shop.environment(&compare, "staging", Ok(staging));
    shop.environment(&compare, "production", production.map(Box::new));
    shop
}

#[test]
fn environments() {
    let mut reading = Shop::at_home().signed_in().matrix(half_ready());
    reading.press(Intent::Compare);
    shows("environments_busy", reading);
    let right = [Intent::Right, Intent::Right];
    shows("environments_full", read(Ok(unasked("production"))).pressed(&right));
    shows("environments_broken", read(Err(trouble())).pressed(&right));
    shows("environments_found", read(Ok(unasked("production"))).pressed(&[Intent::Filter]).typed("s3"));
    shows("environment_choice", Shop::at_home().matrix(half_ready()).pressed(&[Intent::Environment]));
}

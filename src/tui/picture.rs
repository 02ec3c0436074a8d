//! A frame as an SVG, for the README: exact colours, one rectangle and one text run for each stretch of equal style.
//!
//! Letters are placed by column, so the picture looks alike whatever monospaced font shows it.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr as _;

use super::theme::Theme;

const COLUMN: usize = 9;
const ROW: usize = 19;
const EDGE: usize = 18;
const BAR: usize = 36;
const FONT: &str = "ui-monospace,'SF Mono','JetBrains Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace";

/// Seconds each frame of a tour is shown.
const SECONDS: usize = 4;

/// The frame in a window with a title.
pub fn svg(buffer: &Buffer, theme: &Theme, title: &str) -> String {
    let mut out = opened(buffer, theme, title);
    draw(&mut out, buffer, theme);
    out.push_str("</g>\n</svg>\n");
    out
}

/// Frames of one size, one after the other and round again; who wants no motion sees the first.
pub fn tour(frames: &[Buffer], theme: &Theme, title: &str) -> String {
    let Some(first) = frames.first() else { return String::new() };
    let mut out = opened(first, theme, title);
    let (all, share) = (frames.len() * SECONDS, 100.0 / frames.len() as f64);
    let _ = writeln!(
        out,
        "<style>.f{{opacity:0;animation:f {all}s steps(1) infinite}}@keyframes f{{0%{{opacity:1}}{share:.3}%,100%\
         {{opacity:0}}}}.first{{opacity:1}}@media (prefers-reduced-motion:reduce){{.f{{animation:none}}}}</style>"
    );
    for (at, frame) in frames.iter().enumerate() {
        let first = if at == 0 { " first" } else { "" };
        let delay = at * SECONDS;
        let _ = writeln!(out, "<g class=\"f{first}\" style=\"animation-delay:{delay}s\">");
        draw(&mut out, frame, theme);
        out.push_str("</g>\n");
    }
    out.push_str("</g>\n</svg>\n");
    out
}

/// The window up to where frames are drawn.
fn opened(buffer: &Buffer, theme: &Theme, title: &str) -> String {
    let (columns, rows) = (usize::from(buffer.area.width), usize::from(buffer.area.height));
    let (width, height) = (columns * COLUMN + 2 * EDGE, rows * ROW + EDGE + BAR);
    let (text, ground) = (hex(theme.canvas.0), hex(theme.canvas.1));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" role=\"img\" \
         aria-label=\"{title}\">\n<rect width=\"{width}\" height=\"{height}\" rx=\"10\" fill=\"{ground}\"/>\n"
    );
    for (at, colour) in ["#ff5f57", "#febc2e", "#28c840"].into_iter().enumerate() {
        let _ = writeln!(out, "<circle cx=\"{}\" cy=\"18\" r=\"6\" fill=\"{colour}\"/>", 22 + at * 20);
    }
    let _ = writeln!(
        out,
        "<text x=\"{}\" y=\"22\" fill=\"{text}\" opacity=\"0.6\" font-family=\"sans-serif\" font-size=\"13\" \
         text-anchor=\"middle\">{title}</text>\n<g font-family=\"{FONT}\" font-size=\"15\" xml:space=\"preserve\">",
        width / 2
    );
    out
}

fn draw(out: &mut String, buffer: &Buffer, theme: &Theme) {
    for (y, row) in buffer.content().chunks(usize::from(buffer.area.width)).enumerate() {
        draw_row(out, row, y, theme);
    }
}

/// What makes two neighbours one run.
#[derive(PartialEq)]
struct Look {
    fg: String,
    bg: Option<String>,
    bold: bool,
    dim: bool,
    underlined: bool,
}

impl Look {
    fn of(cell: &Cell, theme: &Theme) -> Self {
        let (text, ground) = theme.canvas;
        let or = |colour: Color, otherwise: Color| if colour == Color::Reset { otherwise } else { colour };
        let has = |modifier| cell.modifier.contains(modifier);
        let (mut fg, mut bg) = (or(cell.fg, text), or(cell.bg, ground));
        if has(Modifier::REVERSED) {
            (fg, bg) = (bg, fg);
        }
        Self {
            fg: hex(fg),
            bg: (bg != ground).then(|| hex(bg)),
            bold: has(Modifier::BOLD),
            dim: has(Modifier::DIM),
            underlined: has(Modifier::UNDERLINED),
        }
    }
}

fn draw_row(out: &mut String, row: &[Cell], y: usize, theme: &Theme) {
    let mut x = 0;
    while x < row.len() {
        let look = Look::of(&row[x], theme);
        let end = (x..row.len()).find(|at| Look::of(&row[*at], theme) != look).unwrap_or(row.len());
        run(out, &row[x..end], x, y, &look);
        x = end;
    }
}

fn run(out: &mut String, cells: &[Cell], x: usize, y: usize, look: &Look) {
    let (left, top) = (EDGE + x * COLUMN, BAR + y * ROW);
    let width = cells.len() * COLUMN;
    if let Some(bg) = &look.bg {
        let _ = writeln!(
            out,
            "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{ROW}\" fill=\"{bg}\"/>"
        );
    }
    let mut word = Word { x: left, columns: 0, text: String::new() };
    let mut skip = 0;
    for (at, cell) in cells.iter().enumerate() {
        if skip > 0 {
            skip -= 1;
            continue;
        }
        let (place, columns) = (left + at * COLUMN, cell.symbol().width().max(1));
        skip = columns - 1;
        if block(out, cell.symbol(), place, top, &look.fg) || cell.symbol() == " " {
            word.write(out, top, look);
            word = Word { x: place + COLUMN, columns: 0, text: String::new() };
        } else {
            word.columns += columns;
            word.text.push_str(&escaped(cell.symbol()));
        }
    }
    word.write(out, top, look);
}

/// Letters without a gap. Each word stands at its own place, so no renderer can pull words together.
struct Word {
    x: usize,
    columns: usize,
    text: String,
}

impl Word {
    fn write(&self, out: &mut String, top: usize, look: &Look) {
        if self.text.is_empty() {
            return;
        }
        let weight = if look.bold { " font-weight=\"bold\"" } else { "" };
        let faint = if look.dim { " opacity=\"0.6\"" } else { "" };
        let line = if look.underlined { " text-decoration=\"underline\"" } else { "" };
        let (x, y, length, fill) = (self.x, top + 14, self.columns * COLUMN, &look.fg);
        let fitted = format!("textLength=\"{length}\" lengthAdjust=\"spacingAndGlyphs\"");
        let _ = writeln!(
            out,
            "<text x=\"{x}\" y=\"{y}\" {fitted} fill=\"{fill}\"{weight}{faint}{line}>{}</text>",
            self.text
        );
    }
}

/// Lines and blocks are drawn, so that they join without gaps in every font. False for any other character.
fn block(out: &mut String, symbol: &str, x: usize, y: usize, fg: &str) -> bool {
    let (right, bottom, middle, centre) = (x + COLUMN, y + ROW, y + ROW / 2, x + COLUMN / 2);
    let half = ROW.div_ceil(2);
    let rect = |x, y, w, h| format!("<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"{fg}\"/>");
    let path = |d: String| format!("<path d=\"{d}\" fill=\"none\" stroke=\"{fg}\" stroke-width=\"1.2\"/>");
    let shape = match symbol {
        "█" => rect(x, y, COLUMN, ROW),
        "▀" => rect(x, y, COLUMN, half),
        "▄" => rect(x, y + half, COLUMN, ROW - half),
        "▌" => rect(x, y, COLUMN / 2, ROW),
        "─" => path(format!("M{x} {middle}H{right}")),
        "│" => path(format!("M{centre} {y}V{bottom}")),
        "╭" => path(format!("M{centre} {bottom}Q{centre} {middle} {right} {middle}")),
        "╮" => path(format!("M{centre} {bottom}Q{centre} {middle} {x} {middle}")),
        "╰" => path(format!("M{centre} {y}Q{centre} {middle} {right} {middle}")),
        "╯" => path(format!("M{centre} {y}Q{centre} {middle} {x} {middle}")),
        _ => return false,
    };
    let _ = writeln!(out, "{shape}");
    true
}

fn escaped(symbol: &str) -> String {
    symbol.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn hex(colour: Color) -> String {
    match colour {
        Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
        other => panic!("pictures are made with true colours, not {other:?}"),
    }
}

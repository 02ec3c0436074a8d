//! The alternate screen, a box with a line in it, a key, and out again.

use std::io;

use crossterm::event::{Event, KeyCode, read};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{cursor, execute};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::widgets::{Block, Paragraph};

fn main() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, cursor::Hide)?;
    let mut terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
    let mut line = 0;
    loop {
        let words = Paragraph::new(format!("line {line}")).block(Block::bordered().title("minimal"));
        terminal.draw(|frame| frame.render_widget(words, frame.area()))?;
        match read()? {
            Event::Key(key) if key.code == KeyCode::Char('q') => break,
            _ => line += 1,
        }
    }
    execute!(io::stdout(), LeaveAlternateScreen, cursor::Show)?;
    disable_raw_mode()
}

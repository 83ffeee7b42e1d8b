//! Prints a rulebook in words: `cargo run -p jiangsai-scoring --example words -- zh < rulebook.json`.

use jiangsai_scoring::{Rulebook, words};
use std::io::Read;

fn main() {
    let lang = std::env::args().nth(1).unwrap_or_else(|| "zh".to_owned());
    let mut json = String::new();
    if let Err(error) = std::io::stdin().read_to_string(&mut json) {
        eprintln!("{error}");
        return;
    }
    match Rulebook::from_json(&json) {
        Ok(rulebook) => {
            for paragraph in words(&rulebook) {
                println!("{}", paragraph.heading.get(&lang));
                for line in paragraph.lines {
                    println!("  {}", line.get(&lang));
                }
            }
        }
        Err(faults) => faults.iter().for_each(|fault| eprintln!("{fault}")),
    }
}

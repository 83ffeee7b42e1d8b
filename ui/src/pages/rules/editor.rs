//! The editor of a rulebook: outline, form, words; nothing touches the stored rules until they are saved.

mod blocks;
mod draft;
mod grammar;
mod operations;
mod parts;
mod place;
mod refs;
mod shape;
#[cfg(test)]
mod tests;

//! The measured field for a browser: `bench_wasm` of the crate `jiangsai-tests` loads it and holds the times against native ones.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, missing_docs, reason = "a measurement, not the product")]
#![allow(unused_crate_dependencies, dead_code, reason = "shared with the other measurement, which uses more of it")]

mod field;

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
pub struct Field(field::Changing);

#[wasm_bindgen]
impl Field {
    #[wasm_bindgen(constructor)]
    pub fn new(entries: usize) -> Self {
        Self(field::Changing::new(entries))
    }

    pub fn compute(&mut self) {
        self.0.compute();
    }

    pub fn change(&mut self, count: usize) -> u32 {
        self.0.change(count)
    }
}

//! The program over all completions of what is open, as one decision diagram, and short passes over it.

mod alike;
mod build;
mod census;
mod engine;
mod exits;
mod faces;
mod fewest;
mod form;
mod glance;
pub(crate) mod hitting;
mod levels;
mod numbers;
mod pass;
mod plan;
mod questions;
mod ranges;
#[doc(hidden)]
pub mod reach;
mod rows;
pub(crate) mod sample;
mod sets;
mod standing;
mod store;
mod summed;
mod system;
mod term;
mod total;
mod turning;
mod way;
mod ways;
mod witness;
mod worsens;

pub(crate) use build::Halt;
pub(crate) use census::{NotCounted, Shares, size};
pub(crate) use engine::{Combination, Engine, Root, Within};
pub(crate) use fewest::{Cost, Fewest};
pub(crate) use levels::used;
pub(crate) use pass::Bits;
pub(crate) use plan::slots_of_list;
pub(crate) use questions::{Asking, Matter};
pub(crate) use ranges::{quotients, range};
pub(crate) use sets::over_sets;
pub(crate) use term::SumRow;
pub(crate) use witness::first;
pub(crate) use worsens::{Pairs, Worsens};

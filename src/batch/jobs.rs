//! Where jobs come from.

/// Where jobs come from.
pub trait Jobs: Send {
    /// One piece of work.
    type Job;

    /// Adds at most `most` jobs, in order. Waits for the first only; adds none when there are no more, and then never again.
    fn take(&mut self, most: usize, into: &mut Vec<Self::Job>);

    /// Whether the next job is there without waiting.
    fn ready(&self) -> bool;

    /// Takes back jobs that are done, for the memory they hold; leaves none.
    fn give_back(&mut self, done: &mut Vec<Self::Job>) {
        done.clear();
    }
}

/// Jobs that are all there already.
#[derive(Debug, Clone)]
pub struct Each<I>(pub I);

impl<I: Iterator + Send> Jobs for Each<I> {
    type Job = I::Item;

    fn take(&mut self, most: usize, into: &mut Vec<Self::Job>) {
        into.extend(self.0.by_ref().take(most));
    }

    fn ready(&self) -> bool {
        true
    }
}

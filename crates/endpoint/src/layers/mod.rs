//! What every request passes through, outermost first: [`envelope`], [`host`] (demo), [`cors`],
//! [`body`], [`stopping`], [`rate`], scripted faults (demo), [`answer_time`], then the routes.

pub mod answer_time;
pub mod body;
pub mod cors;
pub mod envelope;
pub mod host;
pub mod rate;
pub mod stopping;

//! What becomes of a request when a service that it needs fails: one file for each of them.

mod a;
mod a_very_long_name_that_somebody_wrote_out;
mod match_service;
mod strassen_dienst;

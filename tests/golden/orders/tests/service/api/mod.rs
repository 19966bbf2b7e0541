//! One file for each kind of record: what can be done to it, and what is refused.

pub mod customer;
pub mod employee;
pub mod order;
pub mod order_line;
pub mod order_tags;
pub mod product;
pub mod tag;

//! One file for each kind of record: what can be done to it, and what is refused.

<% for module in store_modules %>
pub mod <{ module }>;
<% endfor %>

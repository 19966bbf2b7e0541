fn main() {}
<% if service.name %>

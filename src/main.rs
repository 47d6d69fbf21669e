//! What is built for browsers: the library's exports, see [`partner_desk::embed`]. Nothing runs by
//! itself; the loader calls `mount`.

use partner_desk as _;

fn main() {}

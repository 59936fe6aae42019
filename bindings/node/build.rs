//! Tells the linker what a Node-API module needs.

fn main() {
    napi_build::setup();
}

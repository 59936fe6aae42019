//! The calls of the hot path, which take numbers and give a number or nothing, made by hand.
//!
//! What `#[napi]` writes around a call keeps a scope on the heap for what is borrowed of JavaScript. A number borrows nothing, and
//! that scope takes a fifth of the time of a session's call.

use std::ffi::CStr;
use std::ptr::null_mut;

use napi::bindgen_prelude::Object;
use napi::sys::{self, napi_callback_info, napi_env, napi_value};
use napi::{Env, JsError, JsValue, check_status};
use napi_derive::napi;

use crate::case::verdict;
use crate::session::session_set;

/// Adds the calls to what the package exports.
#[napi(module_exports)]
pub fn add_calls(exports: Object, env: Env) -> napi::Result<()> {
    let calls: [(&CStr, sys::napi_callback); 2] = [(c"verdict", Some(call_verdict)), (c"sessionSet", Some(call_session_set))];
    for (name, call) in calls {
        let mut function = null_mut();
        // SAFETY: the environment and the exports are those of the module that is being loaded; the name lives as long as the program.
        check_status!(unsafe { sys::napi_create_function(env.raw(), name.as_ptr(), name.count_bytes() as isize, call, null_mut(), &raw mut function) })?;
        // SAFETY: as above, and the function has just been made.
        check_status!(unsafe { sys::napi_set_named_property(env.raw(), exports.raw(), name.as_ptr(), function) })?;
    }
    Ok(())
}

/// `verdict(number)`: decides the case and writes the words of its verdict.
unsafe extern "C" fn call_verdict(env: napi_env, info: napi_callback_info) -> napi_value {
    // SAFETY: JavaScript calls with an environment and the arguments of the call.
    let decided = unsafe { numbers(env, info) }.and_then(|[number]| verdict(number as u32));
    if let Err(error) = decided {
        // SAFETY: no error is pending: nothing was called of JavaScript.
        unsafe { JsError::from(error).throw_into(env) };
    }
    null_mut()
}

/// `sessionSet(number, place, value)`: tells a fact as a number and decides: which words of the verdict changed, a bit each. `place` is
/// four times the slot and the state. The highest bit is set if the fact does not fit.
unsafe extern "C" fn call_session_set(env: napi_env, info: napi_callback_info) -> napi_value {
    // SAFETY: JavaScript calls with an environment and the arguments of the call.
    let told = unsafe { numbers(env, info) }.and_then(|[number, place, value]| session_set(number as u32, place as u32, value));
    let mut answer = null_mut();
    // SAFETY: the environment is that of the call; no error is pending.
    let made = told.and_then(|changed| check_status!(unsafe { sys::napi_create_uint32(env, changed, &raw mut answer) }));
    if let Err(error) = made {
        // SAFETY: as above.
        unsafe { JsError::from(error).throw_into(env) };
    }
    answer
}

/// The arguments of a call; 0 for one that is no number.
///
/// # Safety
/// Both are those that JavaScript calls with.
unsafe fn numbers<const N: usize>(env: napi_env, info: napi_callback_info) -> napi::Result<[f64; N]> {
    let mut given = [null_mut(); N];
    let mut count = N;
    // SAFETY: there is place for as many arguments as `count` says; those that are not given are undefined.
    check_status!(unsafe { sys::napi_get_cb_info(env, info, &raw mut count, given.as_mut_ptr(), null_mut(), null_mut()) })?;
    Ok(given.map(|value| {
        let mut number = 0.0;
        // SAFETY: the value is an argument of the call; what is no number leaves `number` as it is.
        let _ = unsafe { sys::napi_get_value_double(env, value, &raw mut number) };
        number
    }))
}

//! Work off the main thread, as a promise.

use napi::bindgen_prelude::{AsyncTask, Env, Task, ToNapiValue, TypeName};

use crate::refusal::{Refusal, guarded};

type Call<T> = Box<dyn FnOnce() -> Result<T, Refusal> + Send>;

/// A call that a thread of libuv's pool makes.
pub struct Job<T>(Option<Call<T>>);

/// Makes a promise of a call.
pub fn later<T: Send + ToNapiValue + TypeName + 'static>(call: impl FnOnce() -> Result<T, Refusal> + Send + 'static) -> AsyncTask<Job<T>> {
    AsyncTask::new(Job(Some(Box::new(call))))
}

impl<T: Send + ToNapiValue + TypeName + 'static> Task for Job<T> {
    type Output = T;
    type JsValue = T;

    fn compute(&mut self) -> napi::Result<T> {
        let call = self.0.take().ok_or_else(|| napi::Error::from_reason("a job runs once"))?;
        guarded(call)
    }

    fn resolve(&mut self, _: Env, output: T) -> napi::Result<T> {
        Ok(output)
    }
}

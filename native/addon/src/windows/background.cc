#include "background.h"

#include <memory>
#include <thread>

namespace tillway {
namespace {

struct Task {
  napi_threadsafe_function notify = nullptr;
  std::function<ToJs()> work;
  ToJs to_js;
  std::thread thread;
};

void tell(napi_env env, napi_value callback, void* context, void*) {
  auto& task = *static_cast<Task*>(context);
  if (env == nullptr || callback == nullptr) return;
  try {
    napi_value result = task.to_js(env);
    napi_value undefined = nullptr;
    check(napi_get_undefined(env, &undefined), "undefined");
    napi_call_function(env, undefined, callback, 1, &result, nullptr);
  } catch (const JsError& error) {
    napi_fatal_error("tillway", NAPI_AUTO_LENGTH, error.what(), NAPI_AUTO_LENGTH);
  }
}

void forget(napi_env, void* data, void*) {
  const std::unique_ptr<Task> task(static_cast<Task*>(data));
  if (task->thread.joinable()) task->thread.join();
}

}  // namespace

void in_background(napi_env env, napi_value callback, std::function<ToJs()> work) {
  auto task = std::make_unique<Task>();
  task->work = std::move(work);
  napi_value name = text(env, "tillway spooler call");
  check(napi_create_threadsafe_function(env, callback, nullptr, name, 0, 1, task.get(), forget, task.get(), tell,
                                        &task->notify),
        "callback");
  // The threadsafe function owns it from here on.
  auto* running = task.release();
  running->thread = std::thread([running] {
    running->to_js = running->work();
    napi_call_threadsafe_function(running->notify, nullptr, napi_tsfn_nonblocking);
    napi_release_threadsafe_function(running->notify, napi_tsfn_release);
  });
}

}  // namespace tillway

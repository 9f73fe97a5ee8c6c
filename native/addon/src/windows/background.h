#pragma once

#include <functional>

#include "../js.h"

namespace tillway {

/// Makes the value that a callback gets; runs on JavaScript's thread.
using ToJs = std::function<napi_value(napi_env)>;

/// Runs `work` on a thread of its own and calls `callback` with what it makes of it. The spooler answers over RPC and
/// asks other machines: that may take seconds, and must hold neither JavaScript nor libuv's few threads.
void in_background(napi_env env, napi_value callback, std::function<ToJs()> work);

}  // namespace tillway

#include <sys/ioctl.h>

#include <cerrno>

#include "calls.h"
#include "errno-name.h"

namespace tillway {
namespace {

/// outq(fd): bytes a tty still holds for its device. Asked again and again it tells when a port is empty, without
/// tcdrain(), which holds a thread for as long as the device is stalled.
napi_value outq(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info, 1);
  int waiting = 0;
  if (::ioctl(static_cast<int>(number_of(env, arguments[0])), TIOCOUTQ, &waiting) < 0) {
    return failure(env, errno_name(errno), errno_message(errno));
  }
  return object(env, {{"ok", boolean(env, true)}, {"value", number(env, waiting)}});
}

}  // namespace

void export_tty(napi_env env, napi_value exports) { export_method<outq>(env, exports, "outq"); }

}  // namespace tillway

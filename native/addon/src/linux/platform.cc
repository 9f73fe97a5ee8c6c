#include "calls.h"

namespace tillway {

void export_platform(napi_env env, napi_value exports) {
  check(napi_set_named_property(env, exports, "platform", text(env, "linux")), "platform");
  export_streams(env, exports);
  export_keyboards(env, exports);
  export_tty(env, exports);
}

}  // namespace tillway

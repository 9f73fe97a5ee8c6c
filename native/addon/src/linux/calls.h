#pragma once

#include "../js.h"

namespace tillway {

void export_streams(napi_env env, napi_value exports);
void export_keyboards(napi_env env, napi_value exports);
void export_tty(napi_env env, napi_value exports);

}  // namespace tillway

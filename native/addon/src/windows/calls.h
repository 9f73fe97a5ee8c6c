#pragma once

#include "../js.h"

namespace tillway {

void export_spooler(napi_env env, napi_value exports);
void export_raw_input(napi_env env, napi_value exports);

}  // namespace tillway

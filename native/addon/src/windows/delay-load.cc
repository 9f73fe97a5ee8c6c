// The addon asks for its Node-API functions from "node.exe". In Electron the program has another name: the hook hands
// out the program itself, whatever it is called. node-gyp adds the same (win_delay_load_hook).
#include <windows.h>

#include <delayimp.h>

#include <cstring>

namespace {

FARPROC WINAPI host_program(unsigned notification, DelayLoadInfo* about) {
  if (notification != dliNotePreLoadLibrary || ::_stricmp(about->szDll, "node.exe") != 0) return nullptr;
  return reinterpret_cast<FARPROC>(::GetModuleHandleW(nullptr));
}

}  // namespace

extern "C" {
PfnDliHook __pfnDliNotifyHook2 = host_program;
}

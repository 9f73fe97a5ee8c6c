#include <windows.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "calls.h"
#include "wide.h"

namespace tillway {
namespace {

/// Four seconds of the fastest scanner; with more of them unheard the oldest are of no use to anybody.
constexpr std::size_t kMostKeys = 4096;
constexpr UINT kStop = WM_APP + 1;

struct Key {
  std::string device;
  unsigned scancode = 0;
  unsigned flags = 0;
  DWORD time_ms = 0;
};

std::string device_name(HANDLE device) {
  UINT length = 0;
  if (::GetRawInputDeviceInfoW(device, RIDI_DEVICENAME, nullptr, &length) != 0 || length == 0) return {};
  std::wstring name(length + 1, L'\0');
  const UINT got = ::GetRawInputDeviceInfoW(device, RIDI_DEVICENAME, name.data(), &length);
  return got == static_cast<UINT>(-1) ? std::string() : narrow(name.c_str());
}

/// Hears every keyboard, in front or behind, and says which one it was. It takes nothing from anybody: Windows gives no
/// program one keyboard for itself.
class Watch {
 public:
  napi_threadsafe_function notify = nullptr;

  ~Watch() { stop(); }

  void start() {
    HANDLE up = ::CreateEventW(nullptr, TRUE, FALSE, nullptr);
    thread_ = std::thread([this, up] { run(up); });
    // PostThreadMessage before the thread has its queue would be lost.
    ::WaitForSingleObject(up, INFINITE);
    ::CloseHandle(up);
  }

  void stop() {
    if (!thread_.joinable()) return;
    ::PostThreadMessageW(thread_id_, kStop, 0, 0);
    thread_.join();
  }

  std::pair<std::vector<Key>, DWORD> take() {
    const std::lock_guard lock(mutex_);
    return {std::exchange(keys_, {}), std::exchange(error_, 0)};
  }

 private:
  void run(HANDLE up) {
    MSG message{};
    thread_id_ = ::GetCurrentThreadId();
    ::PeekMessageW(&message, nullptr, WM_USER, WM_USER, PM_NOREMOVE);
    ::SetEvent(up);
    HWND window = ::CreateWindowExW(0, L"STATIC", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, nullptr, nullptr, nullptr);
    RAWINPUTDEVICE keyboards{0x01, 0x06, RIDEV_INPUTSINK, window};
    if (window == nullptr || !::RegisterRawInputDevices(&keyboards, 1, sizeof keyboards)) fail(::GetLastError());
    while (::GetMessageW(&message, nullptr, 0, 0) > 0 && message.message != kStop) {
      if (message.message == WM_INPUT) hear(reinterpret_cast<HRAWINPUT>(message.lParam), message.time);
      ::DispatchMessageW(&message);
    }
    RAWINPUTDEVICE none{0x01, 0x06, RIDEV_REMOVE, nullptr};
    ::RegisterRawInputDevices(&none, 1, sizeof none);
    if (window != nullptr) ::DestroyWindow(window);
  }

  void hear(HRAWINPUT input, DWORD time_ms) {
    RAWINPUT raw{};
    UINT size = sizeof raw;
    if (::GetRawInputData(input, RID_INPUT, &raw, &size, sizeof(RAWINPUTHEADER)) == static_cast<UINT>(-1)) return;
    if (raw.header.dwType != RIM_TYPEKEYBOARD) return;
    auto known = names_.find(raw.header.hDevice);
    if (known == names_.end()) known = names_.emplace(raw.header.hDevice, device_name(raw.header.hDevice)).first;
    {
      const std::lock_guard lock(mutex_);
      if (keys_.size() >= kMostKeys) keys_.erase(keys_.begin());
      keys_.push_back({known->second, raw.data.keyboard.MakeCode, raw.data.keyboard.Flags, time_ms});
    }
    napi_call_threadsafe_function(notify, nullptr, napi_tsfn_nonblocking);
  }

  void fail(DWORD error) {
    {
      const std::lock_guard lock(mutex_);
      error_ = error;
    }
    napi_call_threadsafe_function(notify, nullptr, napi_tsfn_nonblocking);
  }

  std::thread thread_;
  DWORD thread_id_ = 0;
  std::map<HANDLE, std::string> names_;
  std::mutex mutex_;
  std::vector<Key> keys_;
  DWORD error_ = 0;
};

/// Raw Input is registered for a process, not for a window: there is one watch at most.
std::mutex only_one;
std::unique_ptr<Watch> watch;

void tell(napi_env env, napi_value listener, void*, void*) {
  if (env == nullptr || listener == nullptr || watch == nullptr) return;
  const auto [keys, error] = watch->take();
  if (keys.empty() && error == 0) return;
  try {
    napi_value list = array(env);
    for (const auto& key : keys) {
      push(env, list,
           object(env, {{"device", text(env, key.device)},
                        {"scancode", number(env, key.scancode)},
                        {"flags", number(env, key.flags)},
                        {"timeMs", number(env, key.time_ms)}}));
    }
    napi_value trouble = error == 0 ? null_value(env) : failure(env, std::to_string(error), error_message(error));
    napi_value event = object(env, {{"keys", list}, {"trouble", trouble}});
    napi_value undefined = nullptr;
    check(napi_get_undefined(env, &undefined), "undefined");
    napi_call_function(env, undefined, listener, 1, &event, nullptr);
  } catch (const JsError& failed) {
    napi_fatal_error("tillway", NAPI_AUTO_LENGTH, failed.what(), NAPI_AUTO_LENGTH);
  }
}

void end_watch(void*) {
  std::unique_ptr<Watch> ending;
  {
    const std::lock_guard lock(only_one);
    ending = std::move(watch);
  }
  if (ending == nullptr) return;
  auto* notify = ending->notify;
  ending->stop();
  napi_release_threadsafe_function(notify, napi_tsfn_release);
}

/// listKeyboards(): the system's names of them, `\\?\HID#VID_xxxx&PID_xxxx…`
napi_value list_keyboards(napi_env env, napi_callback_info) {
  napi_value names = array(env);
  UINT count = 0;
  ::GetRawInputDeviceList(nullptr, &count, sizeof(RAWINPUTDEVICELIST));
  std::vector<RAWINPUTDEVICELIST> devices(count);
  const UINT got = count == 0 ? 0 : ::GetRawInputDeviceList(devices.data(), &count, sizeof(RAWINPUTDEVICELIST));
  if (got == static_cast<UINT>(-1)) return names;
  for (UINT at = 0; at < got; at += 1) {
    if (devices[at].dwType == RIM_TYPEKEYBOARD) push(env, names, text(env, device_name(devices[at].hDevice)));
  }
  return names;
}

/// watchKeyboards(listener): false when a watch runs already
napi_value watch_keyboards(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info, 1);
  const std::lock_guard lock(only_one);
  if (watch != nullptr) return boolean(env, false);
  auto made = std::make_unique<Watch>();
  napi_value name = text(env, "tillway raw input");
  check(napi_create_threadsafe_function(env, arguments[0], nullptr, name, 0, 1, nullptr, nullptr, nullptr, tell,
                                        &made->notify),
        "listener");
  check(napi_add_env_cleanup_hook(env, end_watch, nullptr), "cleanup");
  watch = std::move(made);
  watch->start();
  return boolean(env, true);
}

/// unwatchKeyboards()
napi_value unwatch_keyboards(napi_env env, napi_callback_info) {
  end_watch(nullptr);
  napi_remove_env_cleanup_hook(env, end_watch, nullptr);
  return nullptr;
}

}  // namespace

void export_raw_input(napi_env env, napi_value exports) {
  export_method<list_keyboards>(env, exports, "listKeyboards");
  export_method<watch_keyboards>(env, exports, "watchKeyboards");
  export_method<unwatch_keyboards>(env, exports, "unwatchKeyboards");
}

}  // namespace tillway

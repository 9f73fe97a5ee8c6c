#include <dirent.h>
#include <fcntl.h>
#include <linux/input.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "calls.h"
#include "errno-name.h"
#include "unique-fd.h"

namespace tillway {
namespace {

constexpr const char* kFolder = "/dev/input";
/// More than any till has; a folder full of names must not hold the caller.
constexpr std::size_t kMostDevices = 256;

std::vector<std::string> event_devices() {
  std::vector<std::string> paths;
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(kFolder), ::closedir);
  if (!folder) return paths;
  while (const dirent* entry = ::readdir(folder.get())) {
    if (std::strncmp(entry->d_name, "event", 5) != 0) continue;
    paths.push_back(std::string(kFolder) + "/" + entry->d_name);
    if (paths.size() == kMostDevices) break;
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string word(int fd, unsigned long request) {
  std::array<char, 256> buffer{};
  if (::ioctl(fd, request, buffer.data()) < 0) return "";
  buffer.back() = '\0';
  return buffer.data();
}

/// Whether it has the digits and Enter: a power button and a mouse are event devices too.
bool types_digits(int fd) {
  std::array<unsigned char, KEY_MAX / 8 + 1> keys{};
  if (::ioctl(fd, EVIOCGBIT(EV_KEY, keys.size()), keys.data()) < 0) return false;
  const auto has = [&](int code) { return (keys[static_cast<std::size_t>(code / 8)] >> (code % 8)) & 1; };
  for (int code = KEY_1; code <= KEY_0; code += 1) {
    if (!has(code)) return false;
  }
  return has(KEY_ENTER);
}

std::string hex4(unsigned value) {
  std::array<char, 5> digits{};
  std::snprintf(digits.data(), digits.size(), "%04x", value & 0xffffU);
  return digits.data();
}

napi_value described(napi_env env, const std::string& path) {
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!fd.is_open()) {
    const int error = errno;
    return object(env, {{"path", text(env, path)},
                        {"ok", boolean(env, false)},
                        {"code", text(env, errno_name(error))},
                        {"message", text(env, errno_message(error))}});
  }
  input_id id{};
  [[maybe_unused]] const int has_id = ::ioctl(fd.get(), EVIOCGID, &id);
  return object(env, {{"path", text(env, path)},
                      {"ok", boolean(env, true)},
                      {"name", text(env, word(fd.get(), EVIOCGNAME(255)))},
                      {"phys", text(env, word(fd.get(), EVIOCGPHYS(255)))},
                      {"uniq", text(env, word(fd.get(), EVIOCGUNIQ(255)))},
                      {"vendorId", text(env, hex4(id.vendor))},
                      {"productId", text(env, hex4(id.product))},
                      {"typesDigits", boolean(env, types_digits(fd.get()))}});
}

/// listKeyboards(): every event device, those that may not be opened with the reason
napi_value list_keyboards(napi_env env, napi_callback_info) {
  napi_value found = array(env);
  for (const auto& path : event_devices()) push(env, found, described(env, path));
  return found;
}

}  // namespace

void export_keyboards(napi_env env, napi_value exports) {
  export_method<list_keyboards>(env, exports, "listKeyboards");
}

}  // namespace tillway

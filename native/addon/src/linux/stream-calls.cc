#include <fcntl.h>
#include <linux/input.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cmath>
#include <memory>

#include "calls.h"
#include "device-stream.h"
#include "errno-name.h"

namespace tillway {
namespace {

/// Tells our handles from any other external value.
constexpr napi_type_tag kTag = {0x7469'6c6c'7761'7901, 0x6465'7669'6365'0001};

/// One stream as JavaScript holds it. Lives until both its handle is collected and its thread has ended.
struct Held {
  napi_threadsafe_function notify = nullptr;
  bool is_keyboard = false;
  /// Null once it is closed: a handle waits for the garbage collector, its descriptors do not.
  std::unique_ptr<DeviceStream> stream;
  /// Keeps itself while its thread runs.
  std::shared_ptr<Held> self;
};

napi_value keys_of(napi_env env, const std::vector<Bytes>& chunks) {
  napi_value keys = array(env);
  for (const auto& chunk : chunks) {
    for (std::size_t at = 0; at + sizeof(input_event) <= chunk.size(); at += sizeof(input_event)) {
      input_event event{};
      std::copy_n(chunk.data() + at, sizeof event, reinterpret_cast<std::uint8_t*>(&event));
      // The kernel's queue ran over: which keys are down is not known any more. Said as a key that does not exist.
      const bool is_dropped = event.type == EV_SYN && event.code == SYN_DROPPED;
      if (event.type != EV_KEY && !is_dropped) continue;
      push(env, keys, number(env, static_cast<double>(event.input_event_sec) * 1e6 + static_cast<double>(event.input_event_usec)));
      push(env, keys, number(env, is_dropped ? -1 : event.code));
      push(env, keys, number(env, is_dropped ? 0 : event.value));
    }
  }
  return keys;
}

napi_value buffers_of(napi_env env, const std::vector<Bytes>& chunks) {
  napi_value buffers = array(env);
  for (const auto& chunk : chunks) {
    napi_value buffer = nullptr;
    check(napi_create_buffer_copy(env, chunk.size(), chunk.data(), nullptr, &buffer), "buffer");
    push(env, buffers, buffer);
  }
  return buffers;
}

napi_value written_of(napi_env env, const Written& written) {
  return object(env, {{"taken", number(env, static_cast<double>(written.taken))},
                      {"code", written.error == 0 ? null_value(env) : text(env, errno_name(written.error))},
                      {"message", text(env, written.error == 0 ? "" : errno_message(written.error))}});
}

napi_value answer_of(napi_env env, const Answer& answer) {
  if (answer.error != 0) return failure(env, errno_name(answer.error), errno_message(answer.error));
  const bool is_status = answer.question == Question::kPrinterStatus;
  return object(env, {{"ok", boolean(env, true)},
                      {"value", is_status ? number(env, answer.status) : text(env, answer.id)}});
}

napi_value event_of(napi_env env, const Held& held, const News& news) {
  napi_value end = news.end ? failure(env, errno_name(*news.end), errno_message(*news.end)) : null_value(env);
  return object(env, {{"chunks", held.is_keyboard ? array(env) : buffers_of(env, news.chunks)},
                      {"keys", held.is_keyboard ? keys_of(env, news.chunks) : array(env)},
                      {"written", news.written ? written_of(env, *news.written) : null_value(env)},
                      {"answer", news.answer ? answer_of(env, *news.answer) : null_value(env)},
                      {"end", end},
                      {"isClosed", boolean(env, news.is_closed)}});
}

/// On JavaScript's thread, after a signal.
void tell(napi_env env, napi_value listener, void* context, void*) {
  auto& held = *static_cast<Held*>(context);
  // No environment: it is being torn down and nobody listens.
  if (env == nullptr || listener == nullptr) return;
  const News news = held.stream->take();
  try {
    napi_value event = event_of(env, held, news);
    napi_value undefined = nullptr;
    check(napi_get_undefined(env, &undefined), "undefined");
    // An exception of the listener stays pending; Node makes it an uncaught one.
    napi_call_function(env, undefined, listener, 1, &event, nullptr);
  } catch (const JsError& error) {
    napi_fatal_error("tillway", NAPI_AUTO_LENGTH, error.what(), NAPI_AUTO_LENGTH);
  }
  if (news.is_closed) napi_release_threadsafe_function(held.notify, napi_tsfn_release);
}

/// The environment ends (the process, or a worker): the thread must be gone before the code is.
void stop(void* data) {
  auto& held = *static_cast<Held*>(data);
  held.stream->close();
  held.stream->join();
}

void forget(napi_env env, void* data, void*) {
  auto* held = static_cast<Held*>(data);
  held->stream->close();
  held->stream->join();
  if (env != nullptr) napi_remove_env_cleanup_hook(env, stop, held);
  held->stream.reset();
  held->self.reset();
}

void drop_handle(napi_env, void* data, void*) { delete static_cast<std::shared_ptr<Held>*>(data); }

/// Null when it is closed.
DeviceStream* stream_of(napi_env env, napi_value handle) {
  bool is_ours = false;
  void* data = nullptr;
  if (napi_check_object_type_tag(env, handle, &kTag, &is_ours) != napi_ok || !is_ours) throw JsError("not a stream");
  check(napi_get_value_external(env, handle, &data), "stream");
  return (*static_cast<std::shared_ptr<Held>*>(data))->stream.get();
}

napi_value handle_of(napi_env env, const std::shared_ptr<Held>& held) {
  napi_value handle = nullptr;
  auto owned = std::make_unique<std::shared_ptr<Held>>(held);
  check(napi_create_external(env, owned.get(), drop_handle, nullptr, &handle), "handle");
  [[maybe_unused]] auto* kept_by_handle = owned.release();
  check(napi_type_tag_object(env, handle, &kTag), "tag");
  return handle;
}

/// @returns 0, or the error's number
int open_device(const std::string& path, bool is_keyboard, bool is_read_only, UniqueFd& fd) {
  const int access = is_keyboard || is_read_only ? O_RDONLY : O_RDWR;
  fd.reset(::open(path.c_str(), access | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (!fd.is_open()) return errno;
  struct stat about {};
  if (::fstat(fd.get(), &about) < 0) return errno;
  // An ordinary file takes everything for ever: receipts of a printer that is not there.
  if (!S_ISCHR(about.st_mode)) return ENOTTY;
  if (is_keyboard && ::ioctl(fd.get(), EVIOCGRAB, 1) < 0) return errno;
  return 0;
}

/// openStream(path, kind: "printer" | "reports" | "keyboard", listener)
napi_value open_stream(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info, 3);
  const auto path = text_of(env, arguments[0]);
  const auto kind = text_of(env, arguments[1]);
  auto held = std::make_shared<Held>();
  held->is_keyboard = kind == "keyboard";
  UniqueFd fd;
  if (const int error = open_device(path, held->is_keyboard, kind == "reports", fd); error != 0) {
    return failure(env, errno_name(error), errno_message(error) + ", open '" + path + "'");
  }
  UniqueFd wake(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
  if (!wake.is_open()) return failure(env, errno_name(errno), errno_message(errno));
  napi_value name = text(env, "tillway device stream");
  check(napi_create_threadsafe_function(env, arguments[2], nullptr, name, 0, 1, held.get(), forget, held.get(), tell,
                                        &held->notify),
        "listener");
  held->self = held;
  constexpr std::size_t kEvents = 64;
  const std::size_t read_bytes = held->is_keyboard ? kEvents * sizeof(input_event) : 4096;
  auto* notify = held->notify;
  held->stream = std::make_unique<DeviceStream>(std::move(fd), std::move(wake), read_bytes, [notify] {
    napi_call_threadsafe_function(notify, nullptr, napi_tsfn_nonblocking);
  });
  check(napi_add_env_cleanup_hook(env, stop, held.get()), "cleanup");
  napi_value handle = handle_of(env, held);
  held->stream->start();
  return object(env, {{"ok", boolean(env, true)}, {"stream", handle}});
}

/// writeStream(stream, bytes, withinMs): boolean
napi_value write_stream(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info, 3);
  auto* stream = stream_of(env, arguments[0]);
  void* data = nullptr;
  std::size_t length = 0;
  if (napi_get_buffer_info(env, arguments[1], &data, &length) != napi_ok) throw JsError("bytes were expected");
  constexpr std::size_t kMostBytes = 4 * 1024 * 1024;  // A receipt with a picture is 100 KiB.
  constexpr double kMostMs = 3'600'000;
  const double within_ms = number_of(env, arguments[2]);
  if (length > kMostBytes) throw JsError("more than 4 MiB at once");
  if (!(within_ms >= 0 && within_ms <= kMostMs)) throw JsError("a deadline is 0 to 3,600,000 ms");
  const auto* first = static_cast<const std::uint8_t*>(data);
  Bytes bytes = length == 0 ? Bytes() : Bytes(first, first + length);
  const std::chrono::milliseconds within(std::llround(within_ms));
  return boolean(env, stream != nullptr && stream->write(std::move(bytes), within));
}

/// askStream(stream, question: "status" | "id"): boolean
napi_value ask_stream(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info, 2);
  const auto question = text_of(env, arguments[1]);
  if (question != "status" && question != "id") throw JsError("no such question");
  auto* stream = stream_of(env, arguments[0]);
  const auto asked = question == "status" ? Question::kPrinterStatus : Question::kDeviceId;
  return boolean(env, stream != nullptr && stream->ask(asked));
}

/// closeStream(stream)
napi_value close_stream(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info, 1);
  if (auto* stream = stream_of(env, arguments[0])) stream->close();
  return nullptr;
}

}  // namespace

void export_streams(napi_env env, napi_value exports) {
  export_method<open_stream>(env, exports, "openStream");
  export_method<write_stream>(env, exports, "writeStream");
  export_method<ask_stream>(env, exports, "askStream");
  export_method<close_stream>(env, exports, "closeStream");
}

}  // namespace tillway

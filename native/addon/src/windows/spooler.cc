#include <windows.h>

#include <winspool.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "background.h"
#include "calls.h"
#include "wide.h"

namespace tillway {
namespace {

/// A queue that is open, closed with its owner.
class Queue {
 public:
  explicit Queue(const std::wstring& name) {
    // The call wants to write into what it only reads.
    std::wstring writable = name;
    if (!::OpenPrinterW(writable.data(), &handle_, nullptr)) error_ = ::GetLastError();
  }
  Queue(const Queue&) = delete;
  Queue& operator=(const Queue&) = delete;
  ~Queue() {
    if (handle_ != nullptr) ::ClosePrinter(handle_);
  }
  HANDLE get() const { return handle_; }
  /// 0, or why it is not open.
  DWORD error() const { return error_; }

 private:
  HANDLE handle_ = nullptr;
  DWORD error_ = 0;
};

/// Codes are the system's numbers: "1801" is an unknown queue, "87" a job that is not there any more.
ToJs failed(DWORD error) {
  return [error](napi_env env) { return failure(env, std::to_string(error), error_message(error)); };
}

/// Calls `ask(buffer, size, needed)` until the buffer is large enough. @returns 0, or the error
template <typename Ask>
DWORD fill(std::vector<std::uint8_t>& buffer, Ask ask) {
  DWORD needed = 0;
  // What is asked for may grow between two calls; a queue list that grows five times in a row does not exist.
  for (int turn = 0; turn < 5; turn += 1) {
    if (ask(buffer.empty() ? nullptr : buffer.data(), static_cast<DWORD>(buffer.size()), &needed)) return 0;
    const DWORD error = ::GetLastError();
    if (error != ERROR_INSUFFICIENT_BUFFER) return error;
    buffer.resize(needed);
  }
  return ERROR_INSUFFICIENT_BUFFER;
}

struct QueueFacts {
  std::string name, port, driver;
  DWORD attributes = 0, status = 0, jobs = 0;
};

QueueFacts facts_of(const PRINTER_INFO_2W& info) {
  return {narrow(info.pPrinterName), narrow(info.pPortName), narrow(info.pDriverName), info.Attributes, info.Status,
          info.cJobs};
}

napi_value facts_to_js(napi_env env, const QueueFacts& facts) {
  return object(env, {{"name", text(env, facts.name)},
                      {"port", text(env, facts.port)},
                      {"driver", text(env, facts.driver)},
                      {"attributes", number(env, facts.attributes)},
                      {"status", number(env, facts.status)},
                      {"jobs", number(env, facts.jobs)}});
}

ToJs find_queues() {
  std::vector<std::uint8_t> buffer;
  DWORD count = 0;
  const DWORD error = fill(buffer, [&](std::uint8_t* into, DWORD size, DWORD* needed) {
    constexpr DWORD kWhich = PRINTER_ENUM_LOCAL | PRINTER_ENUM_CONNECTIONS;
    return ::EnumPrintersW(kWhich, nullptr, 2, into, size, needed, &count);
  });
  if (error != 0) return failed(error);
  std::vector<QueueFacts> queues;
  const auto* infos = reinterpret_cast<const PRINTER_INFO_2W*>(buffer.data());
  for (DWORD at = 0; at < count; at += 1) queues.push_back(facts_of(infos[at]));
  return [queues](napi_env env) {
    napi_value list = array(env);
    for (const auto& facts : queues) push(env, list, facts_to_js(env, facts));
    return object(env, {{"ok", boolean(env, true)}, {"queues", list}});
  };
}

/// OpenPrinter succeeds for a device that is unplugged: only GetPrinter tells.
ToJs look_at(const std::wstring& name) {
  const Queue queue(name);
  if (queue.error() != 0) return failed(queue.error());
  std::vector<std::uint8_t> buffer;
  const DWORD error = fill(buffer, [&](std::uint8_t* into, DWORD size, DWORD* needed) {
    return ::GetPrinterW(queue.get(), 2, into, size, needed);
  });
  if (error != 0) return failed(error);
  const auto facts = facts_of(*reinterpret_cast<const PRINTER_INFO_2W*>(buffer.data()));
  return [facts](napi_env env) {
    return object(env, {{"ok", boolean(env, true)}, {"queue", facts_to_js(env, facts)}});
  };
}

DWORD write_all(HANDLE queue, const std::vector<std::uint8_t>& bytes) {
  std::vector<std::uint8_t> rest = bytes;
  while (!rest.empty()) {
    DWORD written = 0;
    if (!::WritePrinter(queue, rest.data(), static_cast<DWORD>(rest.size()), &written)) return ::GetLastError();
    // A call that takes nothing and reports success would turn for ever.
    if (written == 0) return ERROR_WRITE_FAULT;
    rest.erase(rest.begin(), rest.begin() + written);
  }
  return 0;
}

/// One document, its bytes untouched by any driver. What fails half-way is taken back from the queue.
ToJs print(const std::wstring& name, std::wstring document, const std::vector<std::uint8_t>& bytes) {
  const Queue queue(name);
  if (queue.error() != 0) return failed(queue.error());
  wchar_t raw[] = L"RAW";
  DOC_INFO_1W about{document.data(), nullptr, raw};
  const DWORD job = ::StartDocPrinterW(queue.get(), 1, reinterpret_cast<std::uint8_t*>(&about));
  if (job == 0) return failed(::GetLastError());
  DWORD error = ::StartPagePrinter(queue.get()) ? write_all(queue.get(), bytes) : ::GetLastError();
  if (error == 0 && !::EndPagePrinter(queue.get())) error = ::GetLastError();
  if (error != 0) {
    ::AbortPrinter(queue.get());
    return failed(error);
  }
  if (!::EndDocPrinter(queue.get())) return failed(::GetLastError());
  return [job](napi_env env) {
    return object(env, {{"ok", boolean(env, true)}, {"jobId", number(env, job)}});
  };
}

ToJs look_at_job(const std::wstring& name, DWORD job) {
  const Queue queue(name);
  if (queue.error() != 0) return failed(queue.error());
  std::vector<std::uint8_t> buffer;
  const DWORD error = fill(buffer, [&](std::uint8_t* into, DWORD size, DWORD* needed) {
    return ::GetJobW(queue.get(), job, 2, into, size, needed);
  });
  if (error != 0) return failed(error);
  const auto& info = *reinterpret_cast<const JOB_INFO_2W*>(buffer.data());
  return [status = info.Status, said = narrow(info.pStatus)](napi_env env) {
    return object(env, {{"ok", boolean(env, true)}, {"status", number(env, status)}, {"message", text(env, said)}});
  };
}

ToJs take_back(const std::wstring& name, DWORD job) {
  const Queue queue(name);
  if (queue.error() != 0) return failed(queue.error());
  if (!::SetJobW(queue.get(), job, 0, nullptr, JOB_CONTROL_DELETE)) return failed(::GetLastError());
  return [](napi_env env) { return object(env, {{"ok", boolean(env, true)}}); };
}

/// listQueues(callback)
napi_value list_queues(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info, 1);
  in_background(env, arguments[0], find_queues);
  return nullptr;
}

/// queueStatus(name, callback)
napi_value queue_status(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info, 2);
  in_background(env, arguments[1], [name = wide(text_of(env, arguments[0]))] { return look_at(name); });
  return nullptr;
}

/// printRaw(queue, document, bytes, callback)
napi_value print_raw(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info, 4);
  void* data = nullptr;
  std::size_t length = 0;
  if (napi_get_buffer_info(env, arguments[2], &data, &length) != napi_ok) throw JsError("bytes were expected");
  const auto* first = static_cast<const std::uint8_t*>(data);
  in_background(env, arguments[3],
                [name = wide(text_of(env, arguments[0])), document = wide(text_of(env, arguments[1])),
                 bytes = length == 0 ? std::vector<std::uint8_t>() : std::vector<std::uint8_t>(first, first + length)] {
                  return print(name, document, bytes);
                });
  return nullptr;
}

DWORD job_of(napi_env env, napi_value value) {
  const double number = number_of(env, value);
  if (!(number >= 1 && number <= 4'294'967'295.0)) throw JsError("not a job");
  return static_cast<DWORD>(number);
}

/// jobStatus(queue, jobId, callback)
napi_value job_status(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info, 3);
  in_background(env, arguments[2], [name = wide(text_of(env, arguments[0])), job = job_of(env, arguments[1])] {
    return look_at_job(name, job);
  });
  return nullptr;
}

/// deleteJob(queue, jobId, callback)
napi_value delete_job(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info, 3);
  in_background(env, arguments[2], [name = wide(text_of(env, arguments[0])), job = job_of(env, arguments[1])] {
    return take_back(name, job);
  });
  return nullptr;
}

}  // namespace

void export_spooler(napi_env env, napi_value exports) {
  export_method<list_queues>(env, exports, "listQueues");
  export_method<queue_status>(env, exports, "queueStatus");
  export_method<print_raw>(env, exports, "printRaw");
  export_method<job_status>(env, exports, "jobStatus");
  export_method<delete_job>(env, exports, "deleteJob");
}

}  // namespace tillway

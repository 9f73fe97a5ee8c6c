// A disk that refuses, for tests: preloaded, it stands before libc's calls on files and answers some of them with an error.
// TILLWAY_BAD_DISK names a file of rules, read again at every call, so that a test makes and mends trouble while a till runs:
//
//   OPERATION PART-OF-PATH ERRNO TIMES    e.g. "sync sales.db-wal 5 1"; TIMES 0: as long as the rule stands
//
// A part that ends with $ is the end of the path. OPERATION is open (to write, create or link), write, read, sync, rename or mkdir. Each refusal adds its rule to the file's name
// with ".hits". Chromium's own processes are left alone: only the till's main process and its Node helpers have bad disks.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_RULES 16
static const char *rules_path = NULL;
static struct { char text[512]; long hits; } seen[MOST_RULES];
static __thread int is_inside = 0;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

// System calls by number: these must not come back to the functions below.
static long slurp(const char *path, char *into, long most) {
  int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0) return -1;
  long all = 0, got;
  while (all < most - 1 && (got = syscall(SYS_read, fd, into + all, most - 1 - all)) > 0) all += got;
  syscall(SYS_close, fd);
  into[all] = 0;
  return all;
}

__attribute__((constructor)) static void begin(void) {
  char line[8192];
  const char *path = getenv("TILLWAY_BAD_DISK");
  long length = slurp("/proc/self/cmdline", line, sizeof line);
  if (path == NULL || length < 0) return;
  for (long at = 0; at < length; at += 1) if (line[at] == 0) line[at] = ' ';
  if (strstr(line, "--type=") != NULL && strstr(line, "node.mojom.NodeService") == NULL) return;
  rules_path = strdup(path);
}

static long *hits_of(const char *rule) {
  for (int at = 0; at < MOST_RULES; at += 1) {
    if (seen[at].text[0] == 0) strncpy(seen[at].text, rule, sizeof seen[at].text - 1);
    if (strcmp(seen[at].text, rule) == 0) return &seen[at].hits;
  }
  return &seen[MOST_RULES - 1].hits;
}

static void note(const char *rule) {
  char path[4096], line[600];
  snprintf(path, sizeof path, "%s.hits", rules_path);
  int length = snprintf(line, sizeof line, "%s\n", rule);
  int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return;
  syscall(SYS_write, fd, line, length);
  syscall(SYS_close, fd);
}

static int fits(const char *path, const char *part) {
  size_t length = strlen(part), all = strlen(path);
  if (length == 0 || part[length - 1] != '$') return strstr(path, part) != NULL;
  return all >= length - 1 && strncmp(path + all - (length - 1), part, length - 1) == 0;
}

// The error this call is answered with; 0 where it goes on to the disk.
static int refusal(const char *operation, const char *path) {
  if (rules_path == NULL || is_inside || path == NULL) return 0;
  char text[4096], *rest = NULL;
  is_inside = 1;
  int error = 0;
  if (slurp(rules_path, text, sizeof text) > 0) {
    for (char *rule = strtok_r(text, "\n", &rest); rule != NULL && error == 0; rule = strtok_r(NULL, "\n", &rest)) {
      char name[16], part[256];
      int number;
      long times;
      if (sscanf(rule, "%15s %255s %d %ld", name, part, &number, &times) != 4) continue;
      if (strcmp(name, operation) != 0 || !fits(path, part)) continue;
      long *hits = hits_of(rule);
      if (times != 0 && *hits >= times) continue;
      *hits += 1;
      note(rule);
      error = number;
    }
  }
  is_inside = 0;
  return error;
}

static int refusal_of(const char *operation, int fd) {
  if (rules_path == NULL || is_inside) return 0;
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  long length = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return path[0] == '/' ? refusal(operation, path) : 0;
}

#define REFUSED(error) do { int e = (error); if (e != 0) { errno = e; return -1; } } while (0)
#define WRITES(flags) (((flags) & (O_WRONLY | O_RDWR | O_CREAT)) != 0)
#define MODE(flags) mode_t mode = 0; if ((flags) & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    MODE(flags) \
    if (WRITES(flags)) REFUSED(refusal("open", path)); \
    return ((int (*)(const char *, int, mode_t))real(#name))(path, flags, mode); \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
  int name(int at, const char *path, int flags, ...) { \
    MODE(flags) \
    if (WRITES(flags)) REFUSED(refusal("open", path)); \
    return ((int (*)(int, const char *, int, mode_t))real(#name))(at, path, flags, mode); \
  }
OPENAT(openat)
OPENAT(openat64)

ssize_t write(int fd, const void *from, size_t count) {
  REFUSED(refusal_of("write", fd));
  return ((ssize_t (*)(int, const void *, size_t))real("write"))(fd, from, count);
}
ssize_t writev(int fd, const struct iovec *from, int count) {
  REFUSED(refusal_of("write", fd));
  return ((ssize_t (*)(int, const struct iovec *, int))real("writev"))(fd, from, count);
}
#define PWRITE(name) \
  ssize_t name(int fd, const void *from, size_t count, off64_t at) { \
    REFUSED(refusal_of("write", fd)); \
    return ((ssize_t (*)(int, const void *, size_t, off64_t))real(#name))(fd, from, count, at); \
  }
PWRITE(pwrite)
PWRITE(pwrite64)
#define PWRITEV(name) \
  ssize_t name(int fd, const struct iovec *from, int count, off64_t at) { \
    REFUSED(refusal_of("write", fd)); \
    return ((ssize_t (*)(int, const struct iovec *, int, off64_t))real(#name))(fd, from, count, at); \
  }
PWRITEV(pwritev)
PWRITEV(pwritev64)
#define PREAD(name) \
  ssize_t name(int fd, void *into, size_t count, off64_t at) { \
    REFUSED(refusal_of("read", fd)); \
    return ((ssize_t (*)(int, void *, size_t, off64_t))real(#name))(fd, into, count, at); \
  }
PREAD(pread)
PREAD(pread64)

int fsync(int fd) {
  REFUSED(refusal_of("sync", fd));
  return ((int (*)(int))real("fsync"))(fd);
}
int fdatasync(int fd) {
  REFUSED(refusal_of("sync", fd));
  return ((int (*)(int))real("fdatasync"))(fd);
}
int rename(const char *from, const char *to) {
  REFUSED(refusal("rename", to));
  return ((int (*)(const char *, const char *))real("rename"))(from, to);
}
int mkdir(const char *path, mode_t mode) {
  REFUSED(refusal("mkdir", path));
  return ((int (*)(const char *, mode_t))real("mkdir"))(path, mode);
}
int symlink(const char *to, const char *path) {
  REFUSED(refusal("open", path));
  return ((int (*)(const char *, const char *))real("symlink"))(to, path);
}

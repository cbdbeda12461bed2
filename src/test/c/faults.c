/*
 * Faults of a machine for a process that knows nothing of them. Loaded before the C library (LD_PRELOAD), it stands
 * between the process and the calls that read the clock and write files. Each of its three faults is off unless the
 * environment names a file for it:
 *
 *   FAULTS_CLOCK    eight bytes, nanoseconds that are added to the time of day; whoever starts the process changes them
 *                   while it runs. The clock that only counts (CLOCK_MONOTONIC) goes on as it was.
 *   FAULTS_FULL     one byte; while it is not 0, no file under FAULTS_FOLDER grows (ENOSPC), as on a disk that is full.
 *   FAULTS_JOURNAL  where each change of a file under FAULTS_FOLDER is written down in its order, and each time that it
 *                   was forced to the disk, so that the state of the disk at any moment can be made of it.
 *
 * A record of the journal is a head and data. The time is CLOCK_MONOTONIC, which all processes of a computer share.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))
#define MOST_FDS 65536
#define NANOS 1000000000LL

enum kind { OPENED = 1, WRITTEN = 2, CUT = 3, SYNCED = 4, UNLINKED = 5, RENAMED = 6 };
enum { IS_NEW = 1, IS_FOLDER = 2 };

struct head {
    uint32_t kind;
    uint32_t file;   /* a number for each file that was opened, from 1 on */
    int64_t nanos;
    int64_t position; /* of a write; the size of a cut; IS_NEW and IS_FOLDER of what was opened */
    int64_t length;   /* of the data behind this head */
};

static int (*real_clock_gettime)(clockid_t, struct timespec *);
static int (*real_open)(const char *, int, ...);
static int (*real_openat)(int, const char *, int, ...);
static int (*real_close)(int);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_unlink)(const char *);
static int (*real_rename)(const char *, const char *);

static volatile const int64_t *offset;
static volatile const uint8_t *full;
static const char *folder;
static int journal = -1;
static uint32_t files;
/* Which file of the folder a descriptor is, or 0. */
static uint32_t file_of[MOST_FDS];
/* Held from before a call until it is written down, so that the journal has the order in which things happened. */
static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;

static void *real(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (found == NULL) {
        fprintf(stderr, "faults: the C library has no %s\n", name);
        abort();
    }
    return found;
}

static void *control(const char *variable, size_t size) {
    const char *name = getenv(variable);
    if (name == NULL) {
        return NULL;
    }
    int fd = real_open(name, O_RDONLY | O_CLOEXEC);
    void *shared = fd < 0 ? MAP_FAILED : mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
    if (shared == MAP_FAILED) {
        fprintf(stderr, "faults: %s names a file that cannot be read\n", variable);
        abort();
    }
    real_close(fd);
    return shared;
}

/* Other libraries may call while they are loaded themselves, so each call makes sure of this first. */
static void begin(void) {
    real_clock_gettime = real("clock_gettime");
    real_open = real("open");
    real_openat = real("openat");
    real_close = real("close");
    real_write = real("write");
    real_pwrite = real("pwrite");
    real_ftruncate = real("ftruncate");
    real_fsync = real("fsync");
    real_fdatasync = real("fdatasync");
    real_unlink = real("unlink");
    real_rename = real("rename");
    offset = control("FAULTS_CLOCK", sizeof *offset);
    full = control("FAULTS_FULL", sizeof *full);
    folder = getenv("FAULTS_FOLDER");
    const char *name = getenv("FAULTS_JOURNAL");
    if (name != NULL && folder != NULL) {
        /* Only the process that makes it: programs which that one starts inherit the environment. */
        journal = real_open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    }
}

static pthread_once_t once = PTHREAD_ONCE_INIT;

__attribute__((constructor)) static void ready(void) {
    pthread_once(&once, begin);
}

static int within(const char *path) {
    size_t length = folder == NULL ? 0 : strlen(folder);
    return length > 0 && path != NULL && strncmp(path, folder, length) == 0 && path[length] == '/';
}

static int within_or_itself(const char *path) {
    return within(path) || (folder != NULL && path != NULL && strcmp(path, folder) == 0);
}

static uint32_t known(int fd) {
    return fd >= 0 && fd < MOST_FDS ? file_of[fd] : 0;
}

static void all(const void *data, size_t length) {
    const char *from = data;
    while (length > 0) {
        ssize_t done = real_write(journal, from, length);
        if (done < 0) {
            fprintf(stderr, "faults: the journal cannot be written\n");
            abort();
        }
        from += done;
        length -= (size_t) done;
    }
}

/* Called with the order held. */
static void note(enum kind kind, uint32_t file, int64_t position, const void *data, size_t length) {
    if (journal < 0) {
        return;
    }
    int kept = errno;
    struct timespec now;
    real_clock_gettime(CLOCK_MONOTONIC, &now);
    struct head head = {kind, file, now.tv_sec * NANOS + now.tv_nsec, position, (int64_t) length};
    all(&head, sizeof head);
    all(data, length);
    errno = kept;
}

static int refused(int fd, int64_t end) {
    struct stat now;
    if (full == NULL || *full == 0 || known(fd) == 0 || fstat(fd, &now) != 0 || end <= now.st_size) {
        return 0;
    }
    errno = ENOSPC;
    return 1;
}

/* ---- The clock ---- */

static void shift(struct timespec *at) {
    if (offset != NULL) {
        int64_t nanos = at->tv_sec * NANOS + at->tv_nsec + *offset;
        at->tv_sec = nanos / NANOS;
        at->tv_nsec = nanos % NANOS;
    }
}

EXPORT int clock_gettime(clockid_t clock, struct timespec *at) {
    ready();
    int result = real_clock_gettime(clock, at);
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        shift(at);
    }
    return result;
}

EXPORT int gettimeofday(struct timeval *restrict at, void *restrict zone) {
    (void) zone;
    struct timespec now;
    int result = clock_gettime(CLOCK_REALTIME, &now);
    if (result == 0) {
        at->tv_sec = now.tv_sec;
        at->tv_usec = now.tv_nsec / 1000;
    }
    return result;
}

EXPORT time_t time(time_t *at) {
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0) {
        return (time_t) -1;
    }
    if (at != NULL) {
        *at = now.tv_sec;
    }
    return now.tv_sec;
}

/* ---- Files ---- */

static int opened(int at, const char *path, int flags, mode_t mode) {
    ready();
    int ours = at == AT_FDCWD && within_or_itself(path);
    if (!ours) {
        int fd = real_openat(at, path, flags, mode);
        if (fd >= 0 && fd < MOST_FDS) {
            file_of[fd] = 0;
        }
        return fd;
    }
    pthread_mutex_lock(&order);
    struct stat now;
    int fresh = (flags & O_CREAT) != 0 && stat(path, &now) != 0;
    int fd = real_openat(at, path, flags, mode);
    if (fd >= 0 && fd < MOST_FDS && fstat(fd, &now) == 0) {
        file_of[fd] = ++files;
        int is_folder = S_ISDIR(now.st_mode);
        note(OPENED, files, (fresh ? IS_NEW : 0) | (is_folder ? IS_FOLDER : 0), path, strlen(path));
        if ((flags & O_TRUNC) != 0 && !fresh) {
            note(CUT, files, 0, NULL, 0);
        }
    }
    pthread_mutex_unlock(&order);
    return fd;
}

#define WITH_MODE(flags)                              \
    mode_t mode = 0;                                  \
    if (((flags) & (O_CREAT | O_TMPFILE)) != 0) {     \
        va_list rest;                                 \
        va_start(rest, flags);                        \
        mode = va_arg(rest, mode_t);                  \
        va_end(rest);                                 \
    }

EXPORT int open(const char *path, int flags, ...) {
    WITH_MODE(flags)
    return opened(AT_FDCWD, path, flags, mode);
}

EXPORT int open64(const char *path, int flags, ...) {
    WITH_MODE(flags)
    return opened(AT_FDCWD, path, flags | O_LARGEFILE, mode);
}

EXPORT int openat(int at, const char *path, int flags, ...) {
    WITH_MODE(flags)
    return opened(at, path, flags, mode);
}

EXPORT int openat64(int at, const char *path, int flags, ...) {
    WITH_MODE(flags)
    return opened(at, path, flags | O_LARGEFILE, mode);
}

EXPORT int close(int fd) {
    ready();
    if (fd >= 0 && fd < MOST_FDS) {
        file_of[fd] = 0;
    }
    return real_close(fd);
}

EXPORT ssize_t write(int fd, const void *data, size_t length) {
    ready();
    uint32_t file = known(fd);
    if (file == 0) {
        return real_write(fd, data, length);
    }
    pthread_mutex_lock(&order);
    struct stat now;
    int appends = (fcntl(fd, F_GETFL) & O_APPEND) != 0 && fstat(fd, &now) == 0;
    int64_t position = appends ? now.st_size : lseek(fd, 0, SEEK_CUR);
    ssize_t done = refused(fd, position + (int64_t) length) ? -1 : real_write(fd, data, length);
    if (done > 0) {
        note(WRITTEN, file, position, data, (size_t) done);
    }
    pthread_mutex_unlock(&order);
    return done;
}

EXPORT ssize_t pwrite(int fd, const void *data, size_t length, off_t position) {
    ready();
    uint32_t file = known(fd);
    if (file == 0) {
        return real_pwrite(fd, data, length, position);
    }
    pthread_mutex_lock(&order);
    ssize_t done = refused(fd, position + (int64_t) length) ? -1 : real_pwrite(fd, data, length, position);
    if (done > 0) {
        note(WRITTEN, file, position, data, (size_t) done);
    }
    pthread_mutex_unlock(&order);
    return done;
}

EXPORT ssize_t pwrite64(int fd, const void *data, size_t length, off64_t position) {
    return pwrite(fd, data, length, position);
}

EXPORT int ftruncate(int fd, off_t size) {
    ready();
    uint32_t file = known(fd);
    if (file == 0) {
        return real_ftruncate(fd, size);
    }
    pthread_mutex_lock(&order);
    int result = refused(fd, size) ? -1 : real_ftruncate(fd, size);
    if (result == 0) {
        note(CUT, file, size, NULL, 0);
    }
    pthread_mutex_unlock(&order);
    return result;
}

EXPORT int ftruncate64(int fd, off64_t size) {
    return ftruncate(fd, size);
}

static int synced(int fd, int (*sync)(int)) {
    uint32_t file = known(fd);
    if (file == 0) {
        return sync(fd);
    }
    pthread_mutex_lock(&order);
    int result = sync(fd);
    if (result == 0) {
        note(SYNCED, file, 0, NULL, 0);
    }
    pthread_mutex_unlock(&order);
    return result;
}

EXPORT int fsync(int fd) {
    ready();
    return synced(fd, real_fsync);
}

EXPORT int fdatasync(int fd) {
    ready();
    return synced(fd, real_fdatasync);
}

EXPORT int unlink(const char *path) {
    ready();
    if (!within(path)) {
        return real_unlink(path);
    }
    pthread_mutex_lock(&order);
    int result = real_unlink(path);
    if (result == 0) {
        note(UNLINKED, 0, 0, path, strlen(path));
    }
    pthread_mutex_unlock(&order);
    return result;
}

EXPORT int rename(const char *from, const char *to) {
    ready();
    if (!within(from) && !within(to)) {
        return real_rename(from, to);
    }
    char both[2 * PATH_MAX + 2];
    int length = snprintf(both, sizeof both, "%s\n%s", from, to);
    pthread_mutex_lock(&order);
    int result = real_rename(from, to);
    if (result == 0) {
        note(RENAMED, 0, 0, both, (size_t) length);
    }
    pthread_mutex_unlock(&order);
    return result;
}

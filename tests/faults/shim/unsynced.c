/*
 * Notes what a power cut could take: for each write to a file below $UNSYNCED_FOLDER what was there before, and each
 * fsync. Loaded before the C library; what it notes goes to $UNSYNCED_LOG, and power_cut.py takes it back.
 *
 * A record: kind (W write, T truncation, S sync), then offset, bytes, size before, length of what was there before, and
 * length of the path, each 8 bytes of this machine's order; then the path, then what was there before.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static ssize_t (*next_write)(int, const void *, size_t);
static ssize_t (*next_pwrite)(int, const void *, size_t, off_t);
static int (*next_ftruncate)(int, off_t);
static int (*next_fsync)(int);
static int (*next_fdatasync)(int);
static int log_fd = -1;
static const char *folder;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void) {
    next_write = dlsym(RTLD_NEXT, "write");
    next_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    next_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    next_fsync = dlsym(RTLD_NEXT, "fsync");
    next_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    folder = getenv("UNSYNCED_FOLDER");
    const char *path = getenv("UNSYNCED_LOG");
    if (folder && path)
        log_fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* The path of a file that is watched; 0 for any other. SQLite's shared memory does not outlive a cut. */
static int watched(int fd, char *path, size_t size) {
    char link[64];
    if (log_fd < 0 || fd == log_fd)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, size - 1);
    if (length <= 0)
        return 0;
    path[length] = 0;
    size_t end = strlen(path);
    if (strncmp(path, folder, strlen(folder)) || (end > 4 && !strcmp(path + end - 4, "-shm")))
        return 0;
    return strstr(path, ".log") == NULL;
}

static void note(char kind, int fd, const char *path, off_t offset, size_t count) {
    struct stat found;
    uint64_t head[5] = {offset, count, 0, 0, strlen(path)};
    char *before = NULL;
    if (kind != 'S' && fstat(fd, &found) == 0) {
        head[2] = found.st_size;
        if (offset < found.st_size) {
            size_t there = found.st_size - offset;
            if (kind == 'W' && there > count)
                there = count;
            /* A second descriptor: the file may have been opened for writing alone. */
            int reader = open(path, O_RDONLY | O_CLOEXEC);
            before = malloc(there);
            ssize_t length = reader < 0 ? -1 : pread(reader, before, there, offset);
            head[3] = length < 0 ? 0 : length;
            if (reader >= 0)
                close(reader);
        }
    }
    size_t size = 1 + sizeof head + head[4] + head[3];
    char *record = malloc(size);
    record[0] = kind;
    memcpy(record + 1, head, sizeof head);
    memcpy(record + 1 + sizeof head, path, head[4]);
    if (head[3])
        memcpy(record + 1 + sizeof head + head[4], before, head[3]);
    if (next_write(log_fd, record, size) != (ssize_t)size)
        abort();
    free(record);
    free(before);
}

ssize_t write(int fd, const void *data, size_t count) {
    char path[4096];
    if (!watched(fd, path, sizeof path))
        return next_write(fd, data, count);
    pthread_mutex_lock(&turn);
    off_t offset = fcntl(fd, F_GETFL) & O_APPEND ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
    note('W', fd, path, offset, count);
    ssize_t done = next_write(fd, data, count);
    pthread_mutex_unlock(&turn);
    return done;
}

ssize_t pwrite64(int fd, const void *data, size_t count, off_t offset) {
    char path[4096];
    if (!watched(fd, path, sizeof path))
        return next_pwrite(fd, data, count, offset);
    pthread_mutex_lock(&turn);
    note('W', fd, path, offset, count);
    ssize_t done = next_pwrite(fd, data, count, offset);
    pthread_mutex_unlock(&turn);
    return done;
}

ssize_t pwrite(int fd, const void *data, size_t count, off_t offset) { return pwrite64(fd, data, count, offset); }

int ftruncate64(int fd, off_t size) {
    char path[4096];
    if (!watched(fd, path, sizeof path))
        return next_ftruncate(fd, size);
    pthread_mutex_lock(&turn);
    note('T', fd, path, size, 0);
    int done = next_ftruncate(fd, size);
    pthread_mutex_unlock(&turn);
    return done;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static int synced(int fd, int (*sync)(int)) {
    char path[4096];
    int is_watched = watched(fd, path, sizeof path);
    if (!is_watched)
        return sync(fd);
    pthread_mutex_lock(&turn);
    int done = sync(fd);
    if (done == 0)
        note('S', fd, path, 0, 0);
    pthread_mutex_unlock(&turn);
    return done;
}

int fsync(int fd) { return synced(fd, next_fsync); }

int fdatasync(int fd) { return synced(fd, next_fdatasync); }

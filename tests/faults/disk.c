/* A disk that misbehaves on demand, for one process and its children: preloaded over what reaches the files of one
   folder. Nothing outside that folder is touched.

   The environment:  DISK_ROOT     the folder
                     DISK_TROUBLE  a file that holds an errno; while it is there every call that writes fails with it
   The process:      disk_arm(root, how, number, at, log)   see below; `how` 0 takes all back
                     disk_calls()                           calls counted since
   how:  1  the process is killed at call `at`, half of what that call would write being written
         2  every call from `at` on fails with errno `number`; ENODEV is a disk pulled out: reading fails too
   log:  a file descriptor that every change and every fsync is written to (-1 for none), for the model of a power cut:
         char op, u64 inode, i64 offset, u32 size, then `size` bytes: data, a path, or two paths with NUL between.
         W write, T truncate, S fsync, D fsync of a folder, C create, R rename, U unlink, M mkdir, X rmdir */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sendfile.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define FILES 65536
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static char root[PATH_MAX], trouble[PATH_MAX];
static int how, number, log_to = -1;
static long at, calls;
static unsigned char ours[FILES]; /* 1 a file, 2 a folder, 4 of a disk that was pulled out */
static int away, came_back, since[FILES]; /* a disk that comes back is another device: how often it did, at opening */
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void) {
    const char *folder = getenv("DISK_ROOT"), *file = getenv("DISK_TROUBLE");
    if (folder) snprintf(root, sizeof root, "%s", folder);
    if (file) snprintf(trouble, sizeof trouble, "%s", file);
}

void disk_arm(const char *folder, int what, int error, long from, int log) {
    snprintf(root, sizeof root, "%s", folder);
    how = what, number = error, at = from, calls = 0, log_to = log;
}

long disk_calls(void) { return calls; }

static int inside(const char *path) {
    size_t length = strlen(root);
    return length && path && !strncmp(path, root, length) && (path[length] == '/' || !path[length]);
}

static int known(int fd) { return fd >= 0 && fd < FILES ? ours[fd] & 3 : 0; }

static const char *whole(int folder, const char *path, char *room) {
    if (path[0] == '/' || folder == AT_FDCWD || !known(folder)) return path;
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t size = readlink(link, room, PATH_MAX - 1);
    if (size < 0) return path;
    snprintf(room + size, PATH_MAX - size, "/%s", path);
    return room;
}

static int asked(void) {
    if (!trouble[0]) return 0;
    int fd = syscall(SYS_openat, AT_FDCWD, trouble, O_RDONLY);
    if (fd < 0) return 0;
    char text[16] = "";
    if (syscall(SYS_read, fd, text, sizeof text - 1) < 0) text[0] = 0;
    syscall(SYS_close, fd);
    return atoi(text);
}

/* A disk that is gone (ENODEV): what is open on it answers EIO for ever, also after the disk is back as another device. */
static int pulled(int fd) {
    int error = how == 2 && calls >= at ? number : asked();
    if (error == ENODEV)
        for (int one = 0; one < FILES; one++)
            if (ours[one]) ours[one] |= 4;
    if (away && error != ENODEV) came_back++;
    away = error == ENODEV;
    if (fd >= 0 ? !(ours[fd] & 4) : error != ENODEV) return 0;
    errno = fd >= 0 ? EIO : ENOENT;
    return 1;
}

/* Count a call: 0 to go on, 1 to die in it, -1 with errno set to fail. */
static int fate(void) {
    long now = __sync_add_and_fetch(&calls, 1);
    if (how == 1 && now == at) return 1;
    int error = how == 2 && now >= at ? number : asked();
    if (error == ENODEV) return pulled(-1), -1;
    if (error) errno = error;
    return error ? -1 : 0;
}

static void die(void) {
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;) pause();
}

static void note(char op, uint64_t inode, int64_t offset, const void *first, uint32_t size, const char *second) {
    if (log_to < 0) return;
    int saved = errno;
    uint32_t more = second ? strlen(second) + 1 : 0, all = size + more;
    struct iovec parts[] = {{&op, 1}, {&inode, 8}, {&offset, 8}, {&all, 4}, {(void *)first, size},
                            {(void *)"", second ? 1 : 0}, {(void *)second, more ? more - 1 : 0}};
    pthread_mutex_lock(&turn);
    if (syscall(SYS_writev, log_to, parts, 7) < 0) abort();
    pthread_mutex_unlock(&turn);
    errno = saved;
}

static uint64_t inode_of(int fd) {
    struct stat found;
    return fstat(fd, &found) ? 0 : found.st_ino;
}

static int opened(int folder, const char *given, int flags, mode_t mode) {
    char room[PATH_MAX];
    const char *path = whole(folder, given, room);
    if (!inside(path)) return syscall(SYS_openat, folder, given, flags, mode);
    if (pulled(-1)) return -1;
    int writes = (flags & O_ACCMODE) != O_RDONLY, there = !faccessat(folder, given, F_OK, AT_SYMLINK_NOFOLLOW);
    int changes = writes && ((flags & O_CREAT && !there) || flags & O_TRUNC);
    int fates = changes ? fate() : writes && asked() ? (errno = asked(), -1) : 0;
    if (fates < 0) return -1;
    if (fates > 0) die();
    int fd = syscall(SYS_openat, folder, given, flags, mode);
    if (fd < 0 || fd >= FILES) return fd;
    struct stat found;
    fstat(fd, &found);
    ours[fd] = S_ISDIR(found.st_mode) ? 2 : 1;
    since[fd] = came_back;
    if (changes && !there) note('C', found.st_ino, 0, path, strlen(path), NULL);
    else if (changes) note('T', found.st_ino, 0, "", 0, NULL);
    return fd;
}

static int told(int result, struct stat *found, int times) {
    if (!result) found->st_dev += (dev_t)times << 20;
    return result;
}
static int looked(int folder, const char *given, struct stat *found, int flags) {
    char room[PATH_MAX];
    if (!inside(whole(folder, given, room))) return syscall(SYS_newfstatat, folder, given, found, flags);
    return pulled(-1) ? -1 : told(syscall(SYS_newfstatat, folder, given, found, flags), found, came_back);
}
int stat(const char *path, struct stat *found) { return looked(AT_FDCWD, path, found, 0); }
int stat64(const char *path, struct stat64 *found) { return looked(AT_FDCWD, path, (struct stat *)found, 0); }
int lstat(const char *path, struct stat *found) { return looked(AT_FDCWD, path, found, AT_SYMLINK_NOFOLLOW); }
int lstat64(const char *path, struct stat64 *found) { return lstat(path, (struct stat *)found); }
int __xstat(int v, const char *path, struct stat *found) { return stat(path, found); }
int __xstat64(int v, const char *path, struct stat64 *found) { return stat64(path, found); }
int fstat(int fd, struct stat *found) {
    return told(syscall(SYS_fstat, fd, found), found, known(fd) ? since[fd] : 0);
}
int fstat64(int fd, struct stat64 *found) { return fstat(fd, (struct stat *)found); }
int __fxstat(int v, int fd, struct stat *found) { return fstat(fd, found); }
int __fxstat64(int v, int fd, struct stat64 *found) { return fstat64(fd, found); }

#define MODE(flags) mode_t mode = 0; if ((flags) & (O_CREAT | __O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, int); va_end(rest); }
int open(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags | O_LARGEFILE, mode); }
int openat(int at_, const char *path, int flags, ...) { MODE(flags) return opened(at_, path, flags, mode); }
int openat64(int at_, const char *path, int flags, ...) { MODE(flags) return opened(at_, path, flags | O_LARGEFILE, mode); }

int close(int fd) {
    if (fd >= 0 && fd < FILES) ours[fd] = 0;
    return REAL(close)(fd);
}

int dup2(int from, int to) {
    if (to >= 0 && to < FILES) ours[to] = known(from);
    return REAL(dup2)(from, to);
}

static ssize_t put(int fd, const void *data, size_t size, off_t offset) {
    if (pulled(fd)) return -1;
    int fates = fate();
    if (fates < 0) return -1;
    size_t much = fates > 0 ? size / 2 : size;
    ssize_t done = syscall(SYS_pwrite64, fd, data, much, offset);
    if (done > 0) note('W', inode_of(fd), offset, data, done, NULL);
    if (fates > 0) die();
    return done;
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) {
    return known(fd) ? put(fd, data, size, offset) : syscall(SYS_pwrite64, fd, data, size, offset);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) { return pwrite(fd, data, size, offset); }

ssize_t write(int fd, const void *data, size_t size) {
    if (!known(fd)) return REAL(write)(fd, data, size);
    off_t offset = fcntl(fd, F_GETFL) & O_APPEND ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
    ssize_t done = put(fd, data, size, offset);
    if (done > 0) lseek(fd, offset + done, SEEK_SET);
    return done;
}

ssize_t pread(int fd, void *data, size_t size, off_t offset) {
    return known(fd) && pulled(fd) ? -1 : syscall(SYS_pread64, fd, data, size, offset);
}
ssize_t pread64(int fd, void *data, size_t size, off64_t offset) { return pread(fd, data, size, offset); }
ssize_t read(int fd, void *data, size_t size) {
    return known(fd) && pulled(fd) ? -1 : REAL(read)(fd, data, size);
}

ssize_t sendfile(int to, int from, off_t *offset, size_t size) {
    if (known(to)) return errno = ENOTSOCK, -1; /* whoever copies falls back to writing */
    return REAL(sendfile)(to, from, offset, size);
}
ssize_t sendfile64(int to, int from, off64_t *offset, size_t size) { return sendfile(to, from, offset, size); }

static int settled(int fd, int (*real)(int)) {
    if (!known(fd)) return real(fd);
    if (pulled(fd)) return -1;
    int fates = fate();
    if (fates < 0) return -1;
    if (fates > 0) die();
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, path, sizeof path);
    /* What the model is for is not the medium under this test: a real fsync would only take time. */
    note(known(fd) == 2 ? 'D' : 'S', inode_of(fd), 0, path, size > 0 ? size : 0, NULL);
    return 0;
}
int fsync(int fd) { return settled(fd, REAL(fsync)); }
int fdatasync(int fd) { return settled(fd, REAL(fdatasync)); }

int ftruncate(int fd, off_t size) {
    if (known(fd)) {
        if (pulled(fd)) return -1;
        int fates = fate();
        if (fates < 0) return -1;
        if (fates > 0) die();
        note('T', inode_of(fd), size, "", 0, NULL);
    }
    return syscall(SYS_ftruncate, fd, size);
}
int ftruncate64(int fd, off64_t size) { return ftruncate(fd, size); }

static int renamed(int from_at, const char *from, int to_at, const char *to) {
    char rooms[2][PATH_MAX];
    const char *one = whole(from_at, from, rooms[0]), *two = whole(to_at, to, rooms[1]);
    if (!inside(one) && !inside(two)) return syscall(SYS_renameat, from_at, from, to_at, to);
    int fates = fate();
    if (fates < 0) return -1;
    if (fates > 0) die();
    int done = syscall(SYS_renameat, from_at, from, to_at, to);
    if (!done) note('R', 0, 0, one, strlen(one), two);
    return done;
}
int rename(const char *from, const char *to) { return renamed(AT_FDCWD, from, AT_FDCWD, to); }
int renameat(int from_at, const char *from, int to_at, const char *to) { return renamed(from_at, from, to_at, to); }

static int named(char op, int folder, const char *given, int flags, mode_t mode) {
    char room[PATH_MAX];
    const char *path = whole(folder, given, room);
    int mine = inside(path), fates = mine ? fate() : 0;
    if (fates < 0) return -1;
    if (fates > 0) die();
    int done = op == 'M' ? syscall(SYS_mkdirat, folder, given, mode) : syscall(SYS_unlinkat, folder, given, flags);
    if (mine && !done) note(op, 0, 0, path, strlen(path), NULL);
    return done;
}
int unlink(const char *path) { return named('U', AT_FDCWD, path, 0, 0); }
int unlinkat(int folder, const char *path, int flags) { return named(flags & AT_REMOVEDIR ? 'X' : 'U', folder, path, flags, 0); }
int remove(const char *path) { return unlink(path); }
int rmdir(const char *path) { return named('X', AT_FDCWD, path, AT_REMOVEDIR, 0); }
int mkdir(const char *path, mode_t mode) { return named('M', AT_FDCWD, path, 0, mode); }
int mkdirat(int folder, const char *path, mode_t mode) { return named('M', folder, path, 0, mode); }

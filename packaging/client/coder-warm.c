/*
 * coder-warm SOCKET IMAGE-ID CALLED JVM OPTIONS... -m MAIN ARGS...
 * Hands a command to the resident helper and prints its answer. Runs the command in a JVM of its own instead
 * ("cold") whenever anything is not as expected, as long as nothing has been printed. JVM and what follows is
 * the cold command line. The frames are described in dev.sessiontoken.cli.resident.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { VERSION = 1, HEAD = 5, MAX_REQUEST = 256 << 10, MAX_ANSWER = 4 << 20, MAX_INPUT = 64 << 10 };
enum { FIRST_MS = 1000, BEAT_MS = 4000 }; /* the server sends a frame each second */
struct text { char *at; size_t length; };
static char **cold_line, request[MAX_REQUEST], answer[MAX_ANSWER], input[MAX_INPUT + 1];
static size_t request_length = HEAD, answer_length, input_length;

static _Noreturn void cold(void) {
  if (input_length > 0) {
    int file = memfd_create("input", MFD_CLOEXEC); /* input that was read is there once more */
    if (file < 0 || write(file, input, input_length) != (ssize_t)input_length) exit(70);
    if (lseek(file, 0, SEEK_SET) != 0 || dup2(file, 0) != 0) exit(70);
  }
  execv(cold_line[0], cold_line);
  perror("coder: start the JVM");
  exit(126);
}

static void end(int number) { _exit(128 + number); }
static void ignore(int number) { (void)number; }
/* Handlers, which exec resets. Signals that the caller ignores stay ignored. */
static void handle(int number, void (*handler)(int)) {
  if (signal(number, handler) == SIG_IGN) signal(number, SIG_IGN);
}

static void put_head(char *frame, char kind, size_t length) {
  frame[0] = kind;
  for (int i = 1; i < HEAD; i++) frame[i] = (char)(length >> (32 - 8 * i));
}

static void add(char kind, const char *bytes, size_t length) {
  if (length > MAX_REQUEST || request_length + HEAD + length > MAX_REQUEST) cold();
  put_head(request + request_length, kind, length);
  memcpy(request + request_length + HEAD, bytes, length);
  request_length += HEAD + length;
}

/* Variables that commands of the server read: it never learns of the others. */
static int is_sent(const char *variable) {
  static const char *const begins[] = {"CODER_", "SSL_CERT_", "GIT_", "XDG_", "HOME=", "CI=", "REQUEST_METHOD=",
                                       "AWS_EC2_METADATA_", "GCE_METADATA_", "AZURE_POD_IDENTITY_"};
  for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
    if (strncmp(variable, begins[i], strlen(begins[i])) == 0) return 1;
  const char *sign = strchr(variable, '=');
  return sign != NULL && sign - variable > 6 &&
         (strncmp(sign - 6, "_PROXY", 6) == 0 || strncmp(sign - 6, "_proxy", 6) == 0);
}

/* Reads the attributes of git-credential(1): to an empty line, as the caller may keep the pipe open. */
static void read_input(void) {
  for (size_t line = 0; input_length <= MAX_INPUT;) {
    ssize_t got = read(0, input + input_length, 1);
    if (got < 0) cold();
    if (got == 0 || (input[input_length++] == '\n' && line == 0)) return;
    line = input[input_length - 1] == '\n' ? 0 : line + 1;
  }
  cold(); /* which reports that it is too long */
}

/* Returns whether the server sees the same files and networks: it may be outside of this container. */
static int shares(long server, const char *what) {
  char own[64], other[64];
  struct stat mine, its;
  snprintf(own, sizeof own, "/proc/self/%s", what);
  snprintf(other, sizeof other, "/proc/%ld/%s", server, what);
  return stat(own, &mine) == 0 && stat(other, &its) == 0 && mine.st_ino == its.st_ino && mine.st_dev == its.st_dev;
}

/* Trusts the user's own folder, closed to others, and a server of the same user. */
static int connected(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  struct stat folder, before, after;
  struct ucred peer;
  socklen_t size = sizeof peer;
  char *slash = strrchr(path, '/');
  if (path[0] != '/' || slash == path || strlen(path) >= sizeof address.sun_path || getuid() != geteuid()) cold();
  memcpy(address.sun_path, path, (size_t)(slash - path));
  if (lstat(address.sun_path, &folder) != 0 || !S_ISDIR(folder.st_mode)) cold();
  if (folder.st_uid != geteuid() || (folder.st_mode & 07777) != 0700) cold();
  strcpy(address.sun_path, path);
  if (lstat(path, &before) != 0 || !S_ISSOCK(before.st_mode)) cold();
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0); /* waits for no place in a full queue */
  if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
    if (errno == ECONNREFUSED && lstat(path, &after) == 0 && before.st_ino == after.st_ino) unlink(path);
    cold();
  }
  if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.uid != geteuid() || peer.pid <= 0) cold();
  if (!shares(peer.pid, "ns/mnt") || !shares(peer.pid, "ns/net")) cold();
  if (!shares(peer.pid, "ns/user") || !shares(peer.pid, "root")) cold();
  return fd;
}

static long now_ms(void) {
  struct timespec now;
  return clock_gettime(CLOCK_MONOTONIC, &now) != 0 ? 0 : now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

/* Waits until the socket is ready, with or without an error, which the next call reports. */
static void await(int fd, short event, long until) {
  struct pollfd wanted = {.fd = fd, .events = event};
  for (int ready = 0; ready <= 0;) {
    long left = until - now_ms();
    if (left <= 0) cold();
    ready = poll(&wanted, 1, (int)left);
  }
}

/* Makes sure that so many bytes of the answer are there. */
static void need(int fd, size_t length, long until) {
  if (length > MAX_ANSWER) cold();
  while (answer_length < length) {
    await(fd, POLLIN, until);
    ssize_t more = recv(fd, answer + answer_length, MAX_ANSWER - answer_length, 0);
    if (more <= 0) cold();
    answer_length += (size_t)more;
  }
}

/* Sends the request, reads frames to the exit code, and returns that. */
static int call(int fd, long until, struct text *out, struct text *err) {
  for (size_t sent = 0; sent < request_length;) {
    await(fd, POLLOUT, until);
    ssize_t more = send(fd, request + sent, request_length - sent, MSG_NOSIGNAL);
    if (more <= 0) cold();
    sent += (size_t)more;
  }
  need(fd, 1, until);
  if (answer[0] != VERSION) cold();
  for (size_t at = 1;; until = now_ms() + BEAT_MS) {
    need(fd, at + HEAD, until);
    const unsigned char *head = (unsigned char *)answer + at;
    struct text frame = {answer + at + HEAD, (size_t)head[1] << 24 | head[2] << 16 | head[3] << 8 | head[4]};
    need(fd, at + HEAD + frame.length, until);
    at += HEAD + frame.length;
    if (head[0] == 'X' && frame.length == 1) return head[HEAD];
    if (head[0] == 'O') *out = frame;
    else if (head[0] == 'E') *err = frame;
    else if (head[0] != 'B' || frame.length > 0) cold(); /* 'N': the server does not run this command */
    else if (answer_length == at) answer_length = at -= HEAD; /* room for any number of 'B' */
  }
}

static int printed(int fd, struct text *text) {
  while (text->length > 0) {
    ssize_t more = write(fd, text->at, text->length);
    if (more < 0 && errno != EINTR) return 0;
    if (more > 0) *text = (struct text){text->at + more, text->length - (size_t)more};
  }
  return 1;
}

int main(int argc, char **argv) {
  int first = 5; /* the launcher gives at least as many */
  struct text out = {0}, err = {0};
  cold_line = argv + 4;
  while (first < argc && strcmp(argv[first - 1], "-m") != 0) first++;
  handle(SIGINT, end), handle(SIGTERM, end), handle(SIGHUP, end), handle(SIGPIPE, ignore);
  if (first == argc || fcntl(1, F_GETFD) < 0 || fcntl(2, F_GETFD) < 0) cold();
  int fd = connected(argv[1]);
  add('I', argv[2], strlen(argv[2]));
  add('L', argv[3], strlen(argv[3]));
  add('T', &"0123"[isatty(1) + 2 * isatty(2)], 1);
  for (int i = first + 1; i < argc; i++) add('A', argv[i], strlen(argv[i]));
  for (char **each = environ; *each != NULL; each++)
    if (is_sent(*each)) add('V', *each, strlen(*each));
  if (first + 1 < argc && strcmp(argv[first + 1], "git-credential") == 0) {
    close(fd); /* the server does not wait for the caller's input */
    read_input();
    add('S', input, input_length);
    fd = connected(argv[1]);
  }
  put_head(request, VERSION, request_length - HEAD);
  int status = call(fd, now_ms() + FIRST_MS, &out, &err), is_quiet = err.length == 0;
  size_t length = out.length; /* before it is printed */
  printed(2, &err);
  if (printed(1, &out)) return status;
  if (is_quiet && out.length == length) cold(); /* which reports why the output cannot be written */
  fprintf(stderr, "coder: write the answer to standard output: %s; is the reader gone?\n", strerror(errno));
  return 6;
}

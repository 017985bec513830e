// A stand-in for docker.exe and docker-buildx.exe, which no package of Debian or NuGet has. It keeps what it was asked in the
// file that DOCKER_STANDIN_LOG names: a line for each call, its arguments between tabs.
// With DOCKER_STANDIN_PORT it hands the call on to the tests on this port of 127.0.0.1, which run Docker of Linux; else it
// answers the question about the version as buildx does, and refuses all else as Docker without an engine does.
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static int is(int argc, wchar_t **argv, int at, const wchar_t *word)
{
    return at < argc && wcscmp(argv[at], word) == 0;
}

static void keep(int argc, wchar_t **argv)
{
    const wchar_t *name = _wgetenv(L"DOCKER_STANDIN_LOG");
    FILE *log = name ? _wfopen(name, L"a, ccs=UTF-8") : NULL;
    if (log)
    {
        for (int i = 0; i < argc; i++)
        {
            fwprintf(log, i ? L"\t%ls" : L"%ls", argv[i]);
        }

        fwprintf(log, L"\n");
        fclose(log);
    }
}

static void all(SOCKET socket, const void *data, int size)
{
    for (int sent = 0, now; sent < size; sent += now)
    {
        now = send(socket, (const char *)data + sent, size - sent, 0);
        if (now <= 0)
        {
            exit(125);
        }
    }
}

static int some(SOCKET socket, void *data, int size)
{
    for (int got = 0, now; got < size; got += now)
    {
        now = recv(socket, (char *)data + got, size - got, 0);
        if (now <= 0)
        {
            return 0;
        }
    }

    return 1;
}

// A number of four bytes, and as many bytes of UTF-8.
static void text(SOCKET socket, const wchar_t *value)
{
    int size = WideCharToMultiByte(CP_UTF8, 0, value, -1, NULL, 0, NULL, NULL) - 1;
    char *bytes = malloc(size + 1);
    WideCharToMultiByte(CP_UTF8, 0, value, -1, bytes, size + 1, NULL, NULL);
    all(socket, &size, 4);
    all(socket, bytes, size);
    free(bytes);
}

// Sent: folder, number of arguments, arguments, number of variables, variables. Received: frames of a letter (o, e, x for the
// exit code), a length, and what is written.
static int hand_on(int port, int argc, wchar_t **argv)
{
    WSADATA data;
    WSAStartup(MAKEWORD(2, 2), &data);
    SOCKET socket_ = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(socket_, (struct sockaddr *)&address, sizeof address))
    {
        fprintf(stderr, "docker.exe of the tests: nothing listens on port %d\n", port);
        return 125;
    }

    static wchar_t folder[32768];
    GetCurrentDirectoryW(32768, folder);
    text(socket_, folder);
    all(socket_, &argc, 4);
    for (int i = 0; i < argc; i++)
    {
        text(socket_, argv[i]);
    }

    int count = 0;
    wchar_t *block = GetEnvironmentStringsW();
    for (wchar_t *at = block; *at; at += wcslen(at) + 1)
    {
        count++;
    }

    all(socket_, &count, 4);
    for (wchar_t *at = block; *at; at += wcslen(at) + 1)
    {
        text(socket_, at);
    }

    char kind;
    int size;
    static char bytes[65536];
    while (some(socket_, &kind, 1) && some(socket_, &size, 4))
    {
        if (kind == 'x')
        {
            int code;
            return some(socket_, &code, 4) ? code : 125;
        }

        HANDLE stream = GetStdHandle(kind == 'o' ? STD_OUTPUT_HANDLE : STD_ERROR_HANDLE);
        for (int left = size, now; left > 0; left -= now)
        {
            now = left < (int)sizeof bytes ? left : (int)sizeof bytes;
            DWORD written;
            if (!some(socket_, bytes, now) || !WriteFile(stream, bytes, now, &written, NULL))
            {
                return 125;
            }
        }
    }

    return 125;
}

int wmain(int argc, wchar_t **argv)
{
    keep(argc, argv);
    const wchar_t *port = _wgetenv(L"DOCKER_STANDIN_PORT");
    if (port && *port)
    {
        return hand_on(_wtoi(port), argc, argv);
    }

    // As a plugin it is called without the word before.
    int first = is(argc, argv, 1, L"buildx") ? 2 : 1;
    if (is(argc, argv, first, L"version"))
    {
        puts("github.com/docker/buildx v0.29.1 0000000000000000000000000000000000000000");
        return 0;
    }

    fputs("ERROR: Cannot connect to the Docker daemon at npipe:////./pipe/docker_engine. Is the docker daemon running?\n", stderr);
    return 1;
}

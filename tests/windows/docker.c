// A stand-in for docker.exe and docker-buildx.exe: keeps what it was asked, and answers the questions about versions as
// the real ones do. Everything else it refuses with exit code 1, so that a test sees how far the product came.
// What it was asked stands in the file that DOCKER_STANDIN_LOG names: a line for each call, its arguments between tabs.
#define UNICODE
#define _UNICODE
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

static int is(int argc, wchar_t **argv, int at, const wchar_t *word)
{
    return at < argc && wcscmp(argv[at], word) == 0;
}

int wmain(int argc, wchar_t **argv)
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

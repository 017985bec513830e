// dotnet.exe, which is in no package: loads hostfxr.dll beside it and hands the command line on, as the real one does.
// Built with -DVERSION=L"10.0.0", the folder below host\fxr.
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

typedef int(__cdecl *main_fn)(const int, const wchar_t **, const wchar_t *, const wchar_t *, const wchar_t *);

int wmain(int argc, wchar_t **argv)
{
    static wchar_t self[32768], root[32768], app[32768], dll[32768];
    GetModuleFileNameW(NULL, self, 32768);
    wcscpy(root, self);
    *wcsrchr(root, L'\\') = 0;
    swprintf(app, 32768, L"%ls\\dotnet.dll", root);
    swprintf(dll, 32768, L"%ls\\host\\fxr\\" VERSION L"\\hostfxr.dll", root);
    HMODULE module = LoadLibraryExW(dll, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (!module)
    {
        fwprintf(stderr, L"dotnet: cannot load %ls: %lu\n", dll, GetLastError());
        return 1;
    }

    main_fn run = (main_fn)(void *)GetProcAddress(module, "hostfxr_main_startupinfo");
    return run(argc, (const wchar_t **)argv, self, root, app);
}

// start.exe FOLDER PROGRAM ARGUMENT...: runs a program of Windows in a folder as a shell of Windows would start it. The variable of
// programs' folders is spelled Path there, and Wine spells it PATH; its value is START_PATH.
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

int wmain(int argc, wchar_t **argv)
{
    const wchar_t *path = _wgetenv(L"START_PATH");
    SetEnvironmentVariableW(L"PATH", NULL);
    SetEnvironmentVariableW(L"Path", path);
    SetEnvironmentVariableW(L"START_PATH", NULL);
    if (argc < 3 || !SetCurrentDirectoryW(argv[1]))
    {
        fwprintf(stderr, L"start: there is no folder %ls\n", argc > 1 ? argv[1] : L"");
        return 125;
    }

    // The rest of the command line as it was quoted: behind the program's own name and the folder.
    wchar_t *line = GetCommandLineW();
    for (int word = 0; word < 2; word++)
    {
        for (int quoted = 0; *line && (quoted || *line != L' '); line++)
        {
            quoted ^= *line == L'"';
        }

        while (*line == L' ')
        {
            line++;
        }
    }

    STARTUPINFOW start = {.cb = sizeof start};
    PROCESS_INFORMATION process;
    if (!CreateProcessW(NULL, line, NULL, NULL, TRUE, 0, NULL, NULL, &start, &process))
    {
        fwprintf(stderr, L"start: cannot start %ls: %lu\n", line, GetLastError());
        return 125;
    }

    DWORD code;
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &code);
    return code;
}

using System.Diagnostics;
using System.Text.Json;

namespace BuildKit.Core.Tests.Reports.Browser;

/// <summary>
/// A real browser, driven by the DevTools protocol (https://chromedevtools.github.io/devtools-protocol/), of which these tests
/// need a handful of commands. <c>tests/engine/setup.sh</c> installs it.
/// </summary>
internal sealed class Chromium : IDisposable
{
    private readonly TestFolder profile = new();
    private readonly HttpClient http = new();
    private readonly Process process;
    private string address = "";

    private Chromium() => process = Process.Start(new ProcessStartInfo("chromium",
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run",
            "--remote-debugging-port=0", $"--user-data-dir={profile.Path}", "about:blank",
        ])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>Starts it and waits until it answers.</summary>
    public static async Task<Chromium> StartAsync()
    {
        var browser = new Chromium();
        _ = browser.process.StandardError.ReadToEndAsync();
        _ = browser.process.StandardOutput.ReadToEndAsync();
        var port = browser.profile.Full("DevToolsActivePort");
        for (var end = DateTime.UtcNow.AddSeconds(60); !File.Exists(port) || (await File.ReadAllLinesAsync(port)).Length < 2;)
        {
            Assert.That(DateTime.UtcNow < end && !browser.process.HasExited, Is.True, "chromium does not start");
            await Task.Delay(50);
        }

        browser.address = $"http://127.0.0.1:{(await File.ReadAllLinesAsync(port))[0]}";
        return browser;
    }

    /// <summary>Opens a file in a window of a width, and waits until it is painted.</summary>
    public async Task<BrowserPage> OpenAsync(string file, int width)
    {
        using var answer = await http.PutAsync($"{address}/json/new?about:blank", null);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var page = await BrowserPage.ConnectAsync(json.RootElement.GetProperty("webSocketDebuggerUrl").GetString()!);
        await page.SendAsync("Emulation.setDeviceMetricsOverride", new { width, height = 900, deviceScaleFactor = 1, mobile = width < 600 });
        // Only a page in front gets keys.
        await page.SendAsync("Page.bringToFront", new { });
        await page.SendAsync("Emulation.setFocusEmulationEnabled", new { enabled = true });
        await page.NavigateAsync(new Uri(file).AbsoluteUri);
        return page;
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        http.Dispose();
        profile.Dispose();
    }
}

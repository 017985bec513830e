using System.Net.WebSockets;
using System.Text.Json;

namespace BuildKit.Core.Tests.Reports.Browser;

/// <summary>One page of the browser.</summary>
internal sealed class BrowserPage : IDisposable
{
    private readonly ClientWebSocket socket = new();
    private int commands;

    public static async Task<BrowserPage> ConnectAsync(string address)
    {
        var page = new BrowserPage();
        await page.socket.ConnectAsync(new Uri(address), default);
        return page;
    }

    /// <summary>Sends a command and gives its result; events are passed over.</summary>
    public async Task<JsonElement> SendAsync(string method, object parameters)
    {
        var id = ++commands;
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters }), WebSocketMessageType.Text, true,
            default);
        while (true)
        {
            var message = await ReceiveAsync();
            if (message.TryGetProperty("id", out var answered) && answered.GetInt32() == id)
            {
                Assert.That(message.TryGetProperty("error", out var error), Is.False, $"{method}: {error}");
                return message.GetProperty("result");
            }
        }
    }

    /// <summary>Goes to an address and waits for the first painted frame.</summary>
    public async Task NavigateAsync(string address)
    {
        await SendAsync("Page.navigate", new { url = address });
        while ((await EvaluateAsync("document.readyState + location.protocol")).GetString() != "completefile:")
        {
            await Task.Delay(10);
        }

        await EvaluateAsync("new Promise(done => requestAnimationFrame(() => setTimeout(done)))");
    }

    /// <summary>The value of an expression, awaited.</summary>
    public async Task<JsonElement> EvaluateAsync(string expression)
    {
        var result = await SendAsync("Runtime.evaluate", new { expression, returnByValue = true, awaitPromise = true });
        Assert.That(result.TryGetProperty("exceptionDetails", out var details), Is.False, $"{expression}: {details}");
        return result.GetProperty("result").TryGetProperty("value", out var value) ? value : default;
    }

    /// <summary>Presses a key as a person does: the page gets it from the browser, not from a script.</summary>
    public async Task PressAsync(string key)
    {
        var code = key switch
        {
            "Tab" => 9,
            "Enter" => 13,
            "End" => 35,
            "Home" => 36,
            "ArrowUp" => 38,
            "ArrowDown" => 40,
            _ => throw new ArgumentException(key)
        };
        var text = key == "Enter" ? "\r" : "";
        await SendAsync("Input.dispatchKeyEvent",
            new { type = text.Length > 0 ? "keyDown" : "rawKeyDown", key, code = key, windowsVirtualKeyCode = code, text });
        await SendAsync("Input.dispatchKeyEvent", new { type = "keyUp", key, code = key, windowsVirtualKeyCode = code });
    }

    /// <summary>What a screen reader is told: role, name and whether it is expanded, of each node that is not left out.</summary>
    public async Task<IReadOnlyList<(string Role, string Name, bool? Expanded)>> AccessibleAsync()
    {
        var tree = await SendAsync("Accessibility.getFullAXTree", new { });
        return [.. tree.GetProperty("nodes").EnumerateArray()
            .Where(node => !node.GetProperty("ignored").GetBoolean())
            .Select(node => (Text(node, "role"), Text(node, "name"), Expanded(node)))];
    }

    public void Dispose() => socket.Dispose();

    private static string Text(JsonElement node, string name) =>
        node.TryGetProperty(name, out var value) && value.TryGetProperty("value", out var text) ? text.ToString() : "";

    private static bool? Expanded(JsonElement node) => node.TryGetProperty("properties", out var properties)
        && properties.EnumerateArray()
            .FirstOrDefault(property => property.GetProperty("name").GetString() == "expanded") is { ValueKind: JsonValueKind.Object } found
            ? found.GetProperty("value").GetProperty("value").GetBoolean() : null;

    private async Task<JsonElement> ReceiveAsync()
    {
        using var whole = new MemoryStream();
        var buffer = new byte[64 * 1024];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(), default);
            whole.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        using var document = JsonDocument.Parse(whole.ToArray());
        return document.RootElement.Clone();
    }
}

using Humanizer;
using Serilog;
using Shop.Data;
using Shop.Pricing;

Log.Logger = new LoggerConfiguration().CreateLogger();
var app = WebApplication.CreateBuilder(args).Build();
app.UseStaticFiles();
app.MapGet("/", () => $"Shop sells {Catalogue.All.Select(product => product.Name).Humanize()}");
app.MapGet("/products", () => Catalogue.All.Where(product => new PriceCheck().Validate(product).IsValid));
app.Run();

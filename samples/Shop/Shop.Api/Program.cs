using Humanizer;
using Serilog;
using Shop.Data;
using Shop.Pricing;

Log.Logger = new LoggerConfiguration().CreateLogger();
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddScoped<Catalogue>();
var app = builder.Build();
app.UseStaticFiles();
app.MapGet("/", (Catalogue catalogue) => $"Shop sells {catalogue.Products.OrderBy(product => product.Id).Select(product => product.Name).ToList().Humanize()}");
app.MapGet("/products", (Catalogue catalogue) => catalogue.Products.AsEnumerable().Where(product => new PriceCheck().Validate(product).IsValid));
app.Run();

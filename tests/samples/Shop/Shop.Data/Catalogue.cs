using Dapper;
using Shop.Core;

namespace Shop.Data;

public static class Catalogue
{
    public static IReadOnlyList<Product> All { get; } = [new("coffee", 3.20m), new("tea", 2.80m)];

    public static int Parameters => new DynamicParameters(new { All.Count }).ParameterNames.Count();
}

using Newtonsoft.Json;

namespace Shop.Core;

public sealed record Product(int Id, [property: JsonProperty("name")] string Name, [property: JsonProperty("price")] decimal Price)
{
    public string ToJson() => JsonConvert.SerializeObject(this);
}

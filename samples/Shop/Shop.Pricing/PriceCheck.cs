using FluentValidation;
using Shop.Core;

namespace Shop.Pricing;

public sealed class PriceCheck : AbstractValidator<Product>
{
    public PriceCheck() => RuleFor(product => product.Price).GreaterThan(0);
}

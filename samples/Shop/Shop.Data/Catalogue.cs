using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Shop.Core;

namespace Shop.Data;

/// <summary>The products, in a database in memory: the container's user may not write beside the program.</summary>
public sealed class Catalogue : DbContext
{
    // The database lives as long as a connection to it is open.
    private readonly SqliteConnection connection = new("Data Source=:memory:");

    public Catalogue()
    {
        connection.Open();
        Database.EnsureCreated();
    }

    public DbSet<Product> Products => Set<Product>();

    public override void Dispose()
    {
        base.Dispose();
        connection.Dispose();
    }

    protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(connection);

    protected override void OnModelCreating(ModelBuilder model) =>
        model.Entity<Product>().HasData(new Product(1, "coffee", 3.20m), new Product(2, "tea", 2.80m));
}
